package io.sluice.redaction.detect;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of characters, exact for ASCII; all others are in it together or not at all.
 *
 * @param low the characters 0 to 63, a bit each
 * @param high the characters 64 to 127
 * @param others whether the rest of Unicode is in it
 */
public record CharSet(long low, long high, boolean others) {
    public static final CharSet NONE = new CharSet(0, 0, false);
    public static final CharSet ALL = new CharSet(-1, -1, true);
    public static final CharSet DIGIT = of(c -> c >= '0' && c <= '9', false);
    public static final CharSet HEX = of(c -> Chars.isHex((char) c), false);

    public static final CharSet LETTER = of(c -> Chars.isLetter((char) c), false);

    /** The ASCII characters that hold for {@code member}. */
    public static CharSet of(IntPredicate member, boolean others) {
        long low = 0;
        long high = 0;
        for (int c = 0; c < 64; c++) {
            low |= member.test(c) ? 1L << c : 0;
            high |= member.test(c + 64) ? 1L << c : 0;
        }
        return new CharSet(low, high, others);
    }

    public static CharSet of(char character) {
        return of(c -> c == character, character >= 128);
    }

    public static CharSet ofIgnoringCase(char character) {
        return of(c -> Chars.lower((char) c) == Chars.lower(character), character >= 128);
    }

    /** The characters from {@code first} to {@code last}. */
    public static CharSet range(int first, int last) {
        return of(c -> c >= first && c <= last, last >= 128);
    }

    public CharSet or(CharSet other) {
        return new CharSet(low | other.low, high | other.high, others | other.others);
    }

    CharSet and(CharSet other) {
        return new CharSet(low & other.low, high & other.high, others && other.others);
    }

    public CharSet not() {
        return new CharSet(~low, ~high, true);
    }

    /** Whether it has {@code c}; any {@code c} from 128 on stands for all of them. */
    public boolean has(int c) {
        return c >= 128 ? others : (((c < 64 ? low : high) >>> (c & 63)) & 1) != 0;
    }

    /** Compared some thousand times before anything is compiled, when what a record has of itself is slow. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CharSet that && low == that.low && high == that.high && others == that.others;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(low) + Long.hashCode(high)) + (others ? 1 : 0);
    }

    /** Its characters, ascending; 128 stands for those beyond ASCII. */
    int[] members() {
        int[] members = new int[size() + (others ? 1 : 0)];
        int size = 0;
        for (long left = low; left != 0; left &= left - 1) {
            members[size++] = Long.numberOfTrailingZeros(left);
        }
        for (long left = high; left != 0; left &= left - 1) {
            members[size++] = 64 + Long.numberOfTrailingZeros(left);
        }
        if (others) {
            members[size] = 128;
        }
        return members;
    }

    /** How many of the ASCII characters it has. */
    public int size() {
        return Long.bitCount(low) + Long.bitCount(high);
    }
}
