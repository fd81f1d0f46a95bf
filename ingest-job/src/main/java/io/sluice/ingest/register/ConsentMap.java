package io.sluice.ingest.register;

import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Purpose;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The recorded choices in memory: 24 bytes a slot, open addressing with linear probing.
 *
 * <p>Guarantees: a choice that was put is found from then on, in every thread; what has no room of its own (a purpose
 * beyond the 31st) counts as refused for all purposes. Does not guarantee: an order between keys.
 *
 * <p>Written by one thread, read by many; readers do not lock unless a write comes between.
 */
public final class ConsentMap implements Choices {
    /** Refused for every purpose, known or not. */
    static final long ALL_REFUSED = 0b10L << 62;

    private static final int PURPOSES = 31;
    private static final long GRANTED = 0b01;
    private static final long REFUSED = 0b10;
    private static final int SMALLEST = 1 << 10;

    private final StampedLock lock = new StampedLock();
    private final Map<String, Integer> purposes = new ConcurrentHashMap<>();
    private volatile int size;
    private Table table = new Table(SMALLEST);

    /** Slots of 16 bytes of key and 64 bits of choices; no choices: a free slot. */
    private static final class Table {
        private final long[] keys;
        private final long[] choices;
        private final int mask;

        Table(int slots) {
            keys = new long[2 * slots];
            choices = new long[slots];
            mask = slots - 1;
        }

        /** The slot of the key, or the free one where it would go. Ends also while another thread writes. */
        int slot(long high, long low) {
            int slot = start(low);
            for (int i = 0; i <= mask; i++) {
                if (choices[slot] == 0 || (keys[2 * slot] == high && keys[2 * slot + 1] == low)) {
                    return slot;
                }
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        /** The key is a hash already, so its own bits spread it. */
        private int start(long low) {
            return (int) low & mask;
        }

        long at(int slot, long high, long low) {
            return keys[2 * slot] == high && keys[2 * slot + 1] == low ? choices[slot] : 0;
        }

        void set(int slot, long high, long low, long value) {
            keys[2 * slot] = high;
            keys[2 * slot + 1] = low;
            choices[slot] = value;
        }

        /** Frees a slot and moves up what would no longer be found behind it. */
        void free(int slot) {
            int hole = slot;
            int next = (hole + 1) & mask;
            while (choices[next] != 0) {
                int wanted = start(keys[2 * next + 1]);
                if (((next - wanted) & mask) >= ((next - hole) & mask)) {
                    set(hole, keys[2 * next], keys[2 * next + 1], choices[next]);
                    hole = next;
                }
                next = (next + 1) & mask;
            }
            set(hole, 0, 0, 0);
        }
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    @Override
    public @Nullable Choice find(GateKey key, Purpose purpose) {
        if (size == 0) {
            return null;
        }
        long stamp = lock.tryOptimisticRead();
        long found = read(key);
        if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            try {
                found = read(key);
            } finally {
                lock.unlockRead(stamp);
            }
        }
        return choice(found, purpose);
    }

    private long read(GateKey key) {
        Table now = table;
        return now.at(now.slot(key.high(), key.low()), key.high(), key.low());
    }

    private @Nullable Choice choice(long choices, Purpose purpose) {
        if ((choices & ALL_REFUSED) != 0) {
            return Choice.REFUSED;
        }
        Integer index = choices == 0 ? null : purposes.get(purpose.name());
        if (index == null) {
            return null;
        }
        long own = choices >>> (2 * index) & 0b11;
        if ((own & REFUSED) != 0) {
            return Choice.REFUSED;
        }
        return own == GRANTED ? Choice.GRANTED : null;
    }

    /**
     * Adds a choice to the choices of one key, as {@link #put} takes them; the stricter of two for one purpose stays.
     *
     * @param choices 0 for none yet
     */
    long with(long choices, String purpose, Choice choice) {
        Integer index = purposes.get(purpose);
        if (index == null) {
            if (purposes.size() >= PURPOSES) {
                return choice == Choice.REFUSED ? choices | ALL_REFUSED : choices;
            }
            index = purposes.size();
            purposes.put(purpose, index);
        }
        return choices | (choice == Choice.REFUSED ? REFUSED : GRANTED) << (2 * index);
    }

    /** Replaces the choices of a key; 0 forgets it. Called by one thread alone. */
    void put(GateKey key, long choices) {
        long stamp = lock.writeLock();
        try {
            int slot = table.slot(key.high(), key.low());
            boolean known = table.choices[slot] != 0;
            if (choices == 0) {
                if (known) {
                    table.free(slot);
                    size--;
                }
                return;
            }
            table.set(slot, key.high(), key.low(), choices);
            if (!known) {
                size++;
                growIfNeeded();
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void growIfNeeded() {
        Table old = table;
        // Two thirds full at most, so that a search stays short.
        if (3L * size <= 2L * old.choices.length) {
            return;
        }
        Table larger = new Table(2 * old.choices.length);
        for (int i = 0; i < old.choices.length; i++) {
            if (old.choices[i] != 0) {
                long high = old.keys[2 * i];
                long low = old.keys[2 * i + 1];
                larger.set(larger.slot(high, low), high, low, old.choices[i]);
            }
        }
        table = larger;
    }
}
