package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The treatments of one route in one form, compiled for looking up; immutable and thread-safe. */
public final class RouteRules {
    private final Map<FieldPath, Transform> exact = new HashMap<>();
    /** Longer parents first. */
    private final List<Below> below = new ArrayList<>();

    private record Below(String parent, Transform transform) {}

    RouteRules(Map<FieldPath, Transform> rules) {
        rules.forEach((path, transform) -> {
            if (path.name().endsWith(".*")) {
                below.add(new Below(path.name().substring(0, path.name().length() - 2), transform));
            } else {
                exact.put(path, transform);
            }
        });
        below.sort(Comparator.comparing(rule -> -rule.parent().length()));
    }

    /** The treatment of a field, or null: then it is dropped. */
    public @Nullable Transform find(FieldPath path) {
        Transform transform = exact.get(path);
        if (transform != null) {
            return transform;
        }
        for (Below rule : below) {
            if (path.isBelow(rule.parent())) {
                return rule.transform();
            }
        }
        return null;
    }
}
