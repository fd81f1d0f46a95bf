package io.sluice.redaction.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form that names may have, by segments: of field patterns and of path templates alike.
 *
 * <p>What two policies say of infinitely many names is compared by finitely many: for each way in which patterns of the
 * two overlap, {@link #closed} has one shape, and {@link #sample} is a name of it that no pattern spells out any further.
 * Whatever pattern says most of any other name of that overlap says most of the sample too.
 *
 * @param segments the segments, {@link #ANY} for those that may be anything
 * @param open whether at least one more follows
 */
record NameShape(List<String> segments, boolean open) {
    static final String ANY = "*";

    /** A segment that no policy spells out: a policy's names are words, and this is no letter of any language. */
    private static final String NOBODYS = "\uE000";

    /** More overlaps than any policy for people has; beyond them nothing is said. */
    private static final int MOST = 20_000;

    static NameShape ofField(List<String> pattern) {
        int last = pattern.size() - 1;
        boolean open = pattern.get(last).equals(ANY);
        return new NameShape(open ? pattern.subList(0, last) : pattern, open);
    }

    static NameShape ofTemplate(List<String> template) {
        List<String> segments = new ArrayList<>();
        for (String segment : template) {
            if (segment.equals(ANY)) {
                return new NameShape(segments, true);
            }
            segments.add(segment.startsWith(":") ? ANY : segment);
        }
        return new NameShape(segments, false);
    }

    /** A name of this shape, by its segments. */
    List<String> sample() {
        List<String> name = new ArrayList<>();
        segments.forEach(segment -> name.add(segment.equals(ANY) ? NOBODYS : segment));
        if (open) {
            name.add(NOBODYS);
        }
        return name;
    }

    /** The segments as a policy writes them. */
    List<String> written() {
        List<String> name = new ArrayList<>(segments);
        if (open) {
            name.add(ANY);
        }
        return name;
    }

    /** The shape of the names that have both, or null if none has. */
    private @Nullable NameShape and(NameShape other) {
        NameShape shorter = segments.size() <= other.segments.size() ? this : other;
        NameShape longer = shorter == this ? other : this;
        boolean same = segments.size() == other.segments.size();
        if (same ? open != other.open : !shorter.open) {
            return null;
        }
        List<String> both = new ArrayList<>(longer.segments);
        for (int i = 0; i < shorter.segments.size(); i++) {
            String mine = shorter.segments.get(i);
            String theirs = longer.segments.get(i);
            if (theirs.equals(ANY)) {
                both.set(i, mine);
            } else if (!mine.equals(ANY) && !mine.equals(theirs)) {
                return null;
            }
        }
        return new NameShape(both, longer.open);
    }

    /** These shapes and all their overlaps; empty if those are too many to look at. */
    static Optional<Set<NameShape>> closed(Collection<NameShape> shapes) {
        Set<NameShape> all = new LinkedHashSet<>(shapes);
        Deque<NameShape> next = new ArrayDeque<>(all);
        while (!next.isEmpty()) {
            NameShape one = next.pop();
            for (NameShape other : List.copyOf(all)) {
                NameShape both = one.and(other);
                if (both != null && all.add(both)) {
                    next.push(both);
                }
            }
            if (all.size() > MOST) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }
}
