package io.sluice.ingest.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes among bytes, eight at a time: in a word of their differences to what is looked for, a byte is zero where
 * it stands ("Determine if a word has a zero byte", Bit Twiddling Hacks by S. E. Anderson, whose lowest mark is always
 * right). Of what is looked for, the lowest eight bits count. Stateless.
 */
public final class ByteSearch {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private ByteSearch() {}

    /** The first place of {@code wanted} in {@code [from, to)}; {@code to}, or {@code from} behind it, if there is none. */
    public static int first(byte[] in, int wanted, int from, int to) {
        long pattern = pattern(wanted);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long marks = zeros((long) WORD.get(in, i) ^ pattern);
            if (marks != 0) {
                return i + place(marks);
            }
        }
        byte last = (byte) wanted;
        while (i < to && in[i] != last) {
            i++;
        }
        return i;
    }

    /** The first place of one or the other, as {@link #first(byte[], int, int, int)}. */
    public static int first(byte[] in, int one, int other, int from, int to) {
        return first(in, one, other, other, from, to);
    }

    /** The first place of one of three, as {@link #first(byte[], int, int, int)}. */
    public static int first(byte[] in, int one, int other, int third, int from, int to) {
        long onePattern = pattern(one);
        long otherPattern = pattern(other);
        long thirdPattern = pattern(third);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) WORD.get(in, i);
            long marks = zeros(word ^ onePattern) | zeros(word ^ otherPattern) | zeros(word ^ thirdPattern);
            if (marks != 0) {
                return i + place(marks);
            }
        }
        while (i < to && in[i] != (byte) one && in[i] != (byte) other && in[i] != (byte) third) {
            i++;
        }
        return i;
    }

    private static long pattern(int wanted) {
        return (wanted & 0xFF) * ONES;
    }

    /** The top bit of each byte that is zero; above the lowest of them, others may be marked too. */
    private static long zeros(long word) {
        return word - ONES & ~word & TOPS;
    }

    private static int place(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
