package io.sluice.ingest.parse;

import io.sluice.redaction.event.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives out texts that came lately again, as the same object: nine in ten user agents, addresses and URLs of a log were
 * there a moment ago, and who keeps something by such a text finds it by its hash, which it then has, and by identity.
 *
 * <p>Bounded, and without bookkeeping: a text gets its slot when it comes the second time. Holds plaintext in memory and
 * nowhere else. Not thread-safe: one per task.
 */
public final class KnownTexts implements Texts {
    /** Few enough to stay in the processor's own memory; a power of two. */
    private static final int SLOTS = 2048;

    private static final int SLOT_SHIFT = 32 - 11;
    /** Longer ones hardly come twice, and would make it large. */
    private static final int LONGEST = 512;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Odd, its bits without pattern: 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final byte[] @Nullable [] spellings = new byte[SLOTS][];
    private final @Nullable Value.Text[] texts = new Value.Text[SLOTS];
    private final int[] prints = new int[SLOTS];
    private final int[] cameOnce = new int[SLOTS];

    @Override
    public Value.Text of(byte[] array, int from, int to) {
        if (to - from > LONGEST) {
            return PLAIN.of(array, from, to);
        }
        int print = print(array, from, to);
        int slot = print >>> SLOT_SHIFT;
        byte[] spelling = spellings[slot];
        Value.Text known = texts[slot];
        if (prints[slot] == print
                && spelling != null
                && known != null
                && Arrays.equals(spelling, 0, spelling.length, array, from, to)) {
            return known;
        }
        Value.Text made = PLAIN.of(array, from, to);
        if (cameOnce[slot] == print) {
            prints[slot] = print;
            spellings[slot] = Arrays.copyOfRange(array, from, to);
            texts[slot] = made;
        } else {
            cameOnce[slot] = print;
        }
        return made;
    }

    /**
     * Of all bytes, eight at a time. What differs carries upwards, so the upper half tells. Never 0, which stands where
     * nothing came yet.
     */
    private static int print(byte[] array, int from, int to) {
        long print = to - from;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            print = (print ^ (long) WORD.get(array, i)) * SPREAD;
        }
        long rest = 1;
        for (; i < to; i++) {
            rest = rest << Byte.SIZE | array[i] & 0xFF;
        }
        return (int) ((print ^ rest) * SPREAD >>> Integer.SIZE) | 1;
    }
}
