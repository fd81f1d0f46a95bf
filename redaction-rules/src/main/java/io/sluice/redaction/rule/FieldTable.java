package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldMap;
import io.sluice.redaction.event.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of fields, by their names or by patterns of them; immutable.
 *
 * <p>An entry for one name wins over one with asterisks, and among those the one that spells more of the name out.
 */
final class FieldTable<T> {
    private final FieldMap<T> exact;
    /** What is said of the constants, asterisks and all. */
    private final FieldMap<T> closest;

    private final List<Wide<T>> wide = new ArrayList<>();

    private record Wide<T>(FieldPattern pattern, T entry) {}

    FieldTable(Map<FieldPath, T> entries) {
        Map<FieldPath, T> named = new HashMap<>();
        entries.forEach((path, entry) -> {
            FieldPattern pattern = FieldPattern.of(path);
            if (pattern.isExact()) {
                named.put(path, entry);
            } else {
                wide.add(new Wide<>(pattern, entry));
            }
        });
        wide.sort((a, b) -> FieldPattern.CLOSEST_FIRST.compare(a.pattern(), b.pattern()));
        exact = new FieldMap<>(named);
        closest = new FieldMap<>(named, path -> named.containsKey(path) ? named.get(path) : byPattern(path));
    }

    /** What is said of a field, or null. */
    @Nullable
    T find(FieldPath path) {
        T entry = closest.get(path);
        return entry != null || path.isConstant() ? entry : byPattern(path);
    }

    private @Nullable T byPattern(FieldPath path) {
        for (Wide<T> one : wide) {
            if (one.pattern().matches(path.name())) {
                return one.entry();
            }
        }
        return null;
    }

    /** Whether the field is named itself; what only an asterisk stands for is a name that somebody else chose. */
    boolean names(FieldPath path) {
        return wide.isEmpty() || exact.get(path) != null;
    }
}
