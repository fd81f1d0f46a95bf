package io.sluice.keys;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The keys of days, cached so that asking for each record costs two comparisons. Thread-safe. */
final class DayKeys {
    private record Slot(LocalDate day, long destroyedAt, Optional<KeyedHash> key) {}

    private final Function<LocalDate, Optional<KeyedHash>> load;
    private final ToLongFunction<LocalDate> destroyedAt;
    private final Map<LocalDate, Slot> slots = new ConcurrentHashMap<>();
    private volatile Slot last = new Slot(LocalDate.MIN, Long.MIN_VALUE, Optional.empty());

    /**
     * @param load finds or makes the key of a day
     * @param destroyedAt when that key ends, milliseconds since 1970
     */
    DayKeys(Function<LocalDate, Optional<KeyedHash>> load, ToLongFunction<LocalDate> destroyedAt) {
        this.load = load;
        this.destroyedAt = destroyedAt;
    }

    /** The key of a day, as long as {@code now} is before its end. */
    Optional<KeyedHash> at(LocalDate day, long now) {
        Slot slot = last;
        if (!slot.day.equals(day)) {
            // Dropped, not wiped: another thread may be hashing with it at this moment.
            slots.values().removeIf(old -> now >= old.destroyedAt);
            long ends = destroyedAt.applyAsLong(day);
            if (now >= ends) {
                return Optional.empty();
            }
            slot = slots.computeIfAbsent(day, d -> new Slot(d, ends, load.apply(d)));
            last = slot;
        }
        return now < slot.destroyedAt ? slot.key : Optional.empty();
    }

    void wipe() {
        slots.values().forEach(slot -> slot.key.ifPresent(KeyedHash::wipe));
        slots.clear();
        last = new Slot(LocalDate.MIN, Long.MIN_VALUE, Optional.empty());
    }
}
