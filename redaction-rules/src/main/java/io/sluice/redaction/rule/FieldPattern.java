package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldPath;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields that a rule is for: one, or, by asterisks, many.
 *
 * <p>An asterisk between dots stands for one name ({@code props.*.price}), one at the end for all that lies below
 * ({@code props.*}). The step into an array's element is no part of a name. Immutable.
 *
 * @param segments the names between the dots
 */
record FieldPattern(List<String> segments) {
    private static final String ANY = "*";

    /** Those that say more of a name come first: more names spelled out, then no open end. */
    static final Comparator<FieldPattern> CLOSEST_FIRST = Comparator.comparingLong(FieldPattern::spelledOut)
            .reversed()
            .thenComparing(FieldPattern::endsOpen)
            .thenComparing(pattern -> String.join(".", pattern.segments));

    static FieldPattern of(FieldPath path) {
        return new FieldPattern(List.of(path.name().split("\\.", -1)));
    }

    /** What is wrong with a field as a policy writes it, or null. */
    static @Nullable String problem(String written) {
        FieldPattern pattern = of(FieldPath.of(written));
        for (String segment : pattern.segments) {
            boolean asterisk = segment.indexOf('*') >= 0;
            if (segment.isEmpty() || segment.chars().anyMatch(c -> c <= ' ' || c == 127)) {
                return "a field is names between dots, such as props.plan, not " + written;
            }
            if (asterisk && !segment.equals(ANY)) {
                return "an asterisk stands for a whole name between dots, such as props.*.price";
            }
        }
        return pattern.segments.get(0).equals(ANY)
                ? "an asterisk may not come first: it would let out what nobody listed"
                : null;
    }

    boolean isExact() {
        return !segments.contains(ANY);
    }

    private long spelledOut() {
        return segments.stream().filter(segment -> !segment.equals(ANY)).count();
    }

    private boolean endsOpen() {
        return segments.get(segments.size() - 1).equals(ANY);
    }

    /** Whether it is for the field of this name. */
    boolean matches(String name) {
        int at = 0;
        int last = segments.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (at > name.length()) {
                return false;
            }
            if (i == last && endsOpen()) {
                return at < name.length();
            }
            int dot = name.indexOf('.', at);
            int end = dot < 0 ? name.length() : dot;
            String segment = segments.get(i);
            boolean same =
                    segment.equals(ANY) ? end > at : segment.length() == end - at && name.startsWith(segment, at);
            if (!same) {
                return false;
            }
            at = end + 1;
        }
        return at == name.length() + 1;
    }
}
