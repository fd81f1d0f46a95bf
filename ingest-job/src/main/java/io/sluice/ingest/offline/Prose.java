package io.sluice.ingest.offline;

import java.util.List;
import java.util.Map;

/** An explanation as lines for a person. */
final class Prose {
    private Prose() {}

    static String of(Map<String, Object> told) {
        StringBuilder text = new StringBuilder();
        text.append(told.get("file"))
                .append(told.containsKey("line") ? ":" + told.get("line") : "")
                .append('\n');
        map(told, "routes").forEach((route, outcome) -> text.append("  ")
                .append(route)
                .append(": ")
                .append(outcome)
                .append('\n'));
        for (Map<?, ?> field : list(told, "fields")) {
            field(field, text);
        }
        return text.toString();
    }

    private static void field(Map<?, ?> field, StringBuilder text) {
        text.append("  ").append(field.get("field"));
        if (field.containsKey("value")) {
            text.append("  ").append(field.get("value"));
        }
        text.append('\n').append("      ").append(field.get("why"));
        if (field.containsKey("rule")) {
            text.append(" (")
                    .append(field.get("clause"))
                    .append(", ")
                    .append(field.get("rule"))
                    .append(')');
        }
        text.append('\n');
        map(field, "routes").forEach((route, became) -> text.append("      ")
                .append(route)
                .append(": ")
                .append(became)
                .append('\n'));
        for (Map<?, ?> finding : list(field, "findings")) {
            text.append("      found ")
                    .append(finding.get("category"))
                    .append(" at ")
                    .append(finding.get("start"))
                    .append(" to ")
                    .append(finding.get("end"))
                    .append(" (")
                    .append(finding.get("detector"))
                    .append("): ")
                    .append(finding.get("value"))
                    .append('\n');
        }
        Map<?, ?> firing = map(field, "detector");
        if (!firing.isEmpty()) {
            text.append("      ")
                    .append(firing.get("name"))
                    .append(": ")
                    .append(firing.get("why"))
                    .append('\n');
        }
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) {
        return of.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<Map<?, ?>> list(Map<?, ?> of, String key) {
        return of.get(key) instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
                : List.of();
    }
}
