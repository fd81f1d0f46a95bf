package io.sluice.ingest.carry;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The prints of one bucket's events, each with the second in which it was received, in twelve bytes each.
 *
 * <p>Packed because there is one for each event of a day: as a state with a timer each they would take some 200
 * bytes (ADR 0021). A bucket holds few hundred, which are looked through from end to end. Immutable.
 */
final class SeenKeys {
    /** For how long an event is remembered, in seconds: a sender's retry comes within it. */
    static final long WINDOW = 24 * 60 * 60;

    private static final int ENTRY = Long.BYTES + Integer.BYTES;

    private final byte[] packed;

    private SeenKeys(byte[] packed) {
        this.packed = packed;
    }

    /** Those of a state; none if there is none. */
    static SeenKeys of(byte @Nullable [] packed) {
        return new SeenKeys(packed == null ? new byte[0] : packed);
    }

    /** How many there are. */
    int size() {
        return packed.length / ENTRY;
    }

    /** As the state keeps them; not to be changed. */
    byte[] packed() {
        return packed;
    }

    /**
     * Whether an event with this print was received within {@link #WINDOW} before this second, or behind it: two
     * partitions are not read at one pace.
     */
    boolean has(long print, long second) {
        int at = find(print);
        return at >= 0 && Math.abs(second - second(at)) <= WINDOW;
    }

    /** These and one more; its second takes the place of an older one of the same print. */
    SeenKeys with(long print, long second) {
        int at = find(print);
        byte[] more = Arrays.copyOf(packed, at >= 0 ? packed.length : packed.length + ENTRY);
        ByteBuffer into = ByteBuffer.wrap(more);
        int place = at >= 0 ? at : packed.length;
        into.putLong(place, print).putInt(place + Long.BYTES, (int) second);
        return new SeenKeys(more);
    }

    /** Those received in this second or later. */
    SeenKeys since(long second) {
        byte[] kept = new byte[packed.length];
        int length = 0;
        for (int at = 0; at < packed.length; at += ENTRY) {
            if (second(at) >= second) {
                System.arraycopy(packed, at, kept, length, ENTRY);
                length += ENTRY;
            }
        }
        return new SeenKeys(Arrays.copyOf(kept, length));
    }

    /** The second of the oldest; {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        long oldest = Long.MAX_VALUE;
        for (int at = 0; at < packed.length; at += ENTRY) {
            oldest = Math.min(oldest, second(at));
        }
        return oldest;
    }

    private int find(long print) {
        ByteBuffer all = ByteBuffer.wrap(packed);
        for (int at = 0; at < packed.length; at += ENTRY) {
            if (all.getLong(at) == print) {
                return at;
            }
        }
        return -1;
    }

    /** Seconds since 1970 without a sign: enough until 2106. */
    private long second(int at) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(packed).getInt(at + Long.BYTES));
    }
}
