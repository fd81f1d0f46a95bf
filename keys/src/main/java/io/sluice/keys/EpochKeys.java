package io.sluice.keys;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The token keys of one purpose, cached so that asking for each record costs three comparisons. Thread-safe. */
final class EpochKeys {
    private record Slot(long from, long to, long destroyedAt, Optional<EpochKey> key) {
        static final Slot NONE = new Slot(0, 0, 0, Optional.empty());
    }

    private final Function<Epoch, Optional<EpochKey>> load;
    private final ToLongFunction<Epoch> destroyedAt;
    private final Map<Epoch, Slot> slots = new ConcurrentHashMap<>();
    private volatile Slot last = Slot.NONE;

    /**
     * @param load finds or makes the key of an epoch
     * @param destroyedAt when that key ends, milliseconds since 1970
     */
    EpochKeys(Function<Epoch, Optional<EpochKey>> load, ToLongFunction<Epoch> destroyedAt) {
        this.load = load;
        this.destroyedAt = destroyedAt;
    }

    /** The key for what was received at that moment, as long as {@code now} is before its end. */
    Optional<EpochKey> at(Instant receivedAt, long now) {
        long millis = receivedAt.toEpochMilli();
        Slot slot = last;
        if (millis < slot.from || millis >= slot.to) {
            // Dropped, not wiped: another thread may be hashing with it at this moment.
            slots.values().removeIf(old -> now >= old.destroyedAt);
            Epoch epoch = Epoch.of(receivedAt);
            long ends = destroyedAt.applyAsLong(epoch);
            if (now >= ends) {
                return Optional.empty();
            }
            slot = slots.computeIfAbsent(
                    epoch, e -> new Slot(e.start().toEpochMilli(), e.end().toEpochMilli(), ends, load.apply(e)));
            last = slot;
        }
        return now < slot.destroyedAt ? slot.key : Optional.empty();
    }

    void wipe() {
        slots.values().forEach(slot -> slot.key.ifPresent(key -> key.key().wipe()));
        slots.clear();
        last = Slot.NONE;
    }
}
