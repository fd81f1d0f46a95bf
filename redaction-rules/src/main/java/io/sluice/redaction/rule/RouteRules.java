package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The treatments of one route in one form, compiled for looking up; immutable and thread-safe. */
final class RouteRules {
    private final Map<FieldPath, Transform> exact = new HashMap<>();
    private final Map<String, Transform> below = new HashMap<>();

    RouteRules(Map<FieldPath, Transform> rules) {
        rules.forEach((path, transform) -> {
            if (path.name().endsWith(".*")) {
                below.put(path.name().substring(0, path.name().length() - 2), transform);
            } else {
                exact.put(path, transform);
            }
        });
    }

    /** The treatment of a field, or null: then it is dropped. */
    @Nullable
    Transform find(FieldPath path) {
        Transform transform = exact.get(path);
        if (transform != null || below.isEmpty()) {
            return transform;
        }
        String name = path.name();
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Transform parent = below.get(name.substring(0, dot));
            if (parent != null) {
                return parent;
            }
        }
        return null;
    }
}
