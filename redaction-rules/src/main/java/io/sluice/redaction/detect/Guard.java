package io.sluice.redaction.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must stand round a place for a detector to be asked there, beyond the part of its trigger that the automaton
 * looks for: the whole trigger, and of a pattern as much of a match as costs less to look at than its engine.
 *
 * <p>With many rules most of what the automaton reports ends here, so it lies in memory as flat as it can. Immutable.
 */
final class Guard {
    /** With fewer shapes the table of which a character begins is not worth its memory. */
    private static final int FEW = 5;

    private static final int OTHERS = 128;

    private final boolean border;
    private final int lead;
    /** For each shape: a bit for each place where characters beyond ASCII may stand, then two words of ASCII a place. */
    private final long[][] shapes;
    /** By character, those beyond ASCII last: the shapes that it begins, a bit each. Null where all are looked at. */
    private final long @Nullable [] beginning;

    private Guard(boolean border, int lead, List<CharSet[]> shapes) {
        this.border = border;
        this.lead = lead;
        this.shapes = shapes.stream().map(Guard::flat).toArray(long[][]::new);
        this.beginning = shapes.size() < FEW || shapes.size() > Long.SIZE ? null : beginning(shapes);
    }

    private static long[] beginning(List<CharSet[]> shapes) {
        long[] beginning = new long[OTHERS + 1];
        for (int i = 0; i < shapes.size(); i++) {
            for (int c : shapes.get(i)[0].members()) {
                beginning[c] |= 1L << i;
            }
        }
        return beginning;
    }

    /**
     * The guard of a detector, or null if it needs none.
     *
     * @param shortened whether the automaton looks for a part of a trigger
     */
    static @Nullable Guard of(Detector detector, boolean shortened) {
        if (detector instanceof PatternDetector pattern) {
            PatternTriggers triggers = pattern.patternTriggers();
            return new Guard(
                    triggers.border() && triggers.before() == triggers.lead(), triggers.lead(), triggers.shapes());
        }
        return shortened ? new Guard(false, 0, detector.triggers().sequences()) : null;
    }

    private static long[] flat(CharSet[] shape) {
        long[] flat = new long[1 + 2 * shape.length];
        for (int i = 0; i < shape.length; i++) {
            flat[0] |= shape[i].others() ? 1L << i : 0;
            flat[1 + 2 * i] = shape[i].low();
            flat[2 + 2 * i] = shape[i].high();
        }
        return flat;
    }

    /** Whether the detector is to be asked about the trigger at {@code at}. */
    boolean allows(Text text, int at) {
        int from = at - lead;
        if (from < 0 || border && isWord(text.at(from)) == isWord(text.at(from - 1))) {
            return false;
        }
        if (beginning != null) {
            return anyStands(beginning[Math.min(text.at(from), OTHERS)], text, from);
        }
        for (long[] shape : shapes) {
            if (stands(shape, text, from)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyStands(long some, Text text, int from) {
        for (long left = some; left != 0; left &= left - 1) {
            if (stands(shapes[Long.numberOfTrailingZeros(left)], text, from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(long[] shape, Text text, int from) {
        int length = shape.length >> 1;
        if (from + length > text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.at(from + i);
            long bits = c >= 128 ? shape[0] >>> i : shape[1 + 2 * i + (c >>> 6)] >>> c;
            if ((bits & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** As the engine has it: ASCII. */
    private static boolean isWord(char c) {
        return Chars.isAlnum(c) || c == '_';
    }
}
