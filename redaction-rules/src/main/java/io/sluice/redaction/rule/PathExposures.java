package io.sluice.redaction.rule;

import io.sluice.redaction.url.ParameterRule;
import io.sluice.redaction.url.PathRule;
import io.sluice.redaction.url.PathTemplates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the declared paths of a dataset let out, and those before them do not. */
final class PathExposures {
    private final Dataset before;
    private final Dataset after;
    private final Set<Exposure> found = new LinkedHashSet<>();

    private PathExposures(Dataset before, Dataset after) {
        this.before = before;
        this.after = after;
    }

    static Set<Exposure> of(Dataset before, Dataset after) {
        PathExposures all = new PathExposures(before, after);
        if (!before.hosts().equals(after.hosts())) {
            // A referrer from an own host leaves in another form than one from elsewhere.
            all.add("hosts", "own", "others are own");
        }
        Optional<Set<NameShape>> names = all.names();
        if (names.isEmpty()) {
            all.add("all paths", "known", "too many templates to compare");
        }
        for (NameShape name : names.orElse(Set.of())) {
            String path = "/" + String.join("/", name.sample());
            all.compare(before.paths().match(path), after.paths().match(path));
        }
        return all.found;
    }

    private void add(String what, String was, String is) {
        found.add(new Exposure(what, "dataset " + after.name(), was, is));
    }

    private Optional<Set<NameShape>> names() {
        List<NameShape> shapes = new ArrayList<>();
        for (Dataset dataset : List.of(before, after)) {
            dataset.paths()
                    .rules()
                    .forEach(rule -> shapes.add(NameShape.ofTemplate(PathTemplates.segments(rule.template()))));
        }
        return NameShape.closed(shapes);
    }

    private void compare(@Nullable PathRule was, @Nullable PathRule is) {
        if (was != null) {
            lost(was, is);
        }
        if (is == null) {
            return;
        }
        String path = "path " + is.template();
        if (was == null || !isAsWideAs(is.template(), was.template())) {
            add(path, was == null ? PathRule.OTHER : was.template(), is.template());
        }
        for (Map.Entry<String, ParameterRule> parameter : is.query().entrySet()) {
            ParameterRule old = was == null ? null : was.query().get(parameter.getKey());
            if (Looseness.isLooser(old, parameter.getValue())) {
                add(
                        "query parameter " + parameter.getKey() + " of " + is.template(),
                        old == null ? "dropped" : "let out",
                        old == null ? "let out" : "let out, wider");
            }
        }
    }

    /** What a path's rule said for the good of people, and the one that now takes its place does not. */
    private void lost(PathRule was, @Nullable PathRule is) {
        if (was.client() != (is != null && is.client())) {
            // The form for clients is another one, not surely a narrower one.
            add(
                    "audience of " + was.template(),
                    was.client() ? "client" : "anybody",
                    was.client() ? "anybody" : "client");
        }
        List<String> segments = PathTemplates.segments(was.template());
        for (int i = 0; i < segments.size(); i++) {
            int at = i;
            boolean kept = was.categoryAt(i)
                    .map(category -> is != null && is.categoryAt(at).equals(Optional.of(category)))
                    .orElse(true);
            if (!kept) {
                add(segments.get(i) + " of " + was.template(), "cut out before sealing", "not cut out");
            }
        }
    }

    /** Whether a template spells out no word that the other does not. */
    private static boolean isAsWideAs(String template, String other) {
        List<String> words = new ArrayList<>();
        for (String segment : PathTemplates.segments(template)) {
            words.add(segment.startsWith(":") || segment.equals(NameShape.ANY) ? NameShape.ANY : segment);
        }
        List<String> others = PathTemplates.segments(other);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            boolean known = i < others.size() && others.get(i).equals(words.get(i));
            if (!known && !words.get(i).equals(NameShape.ANY)) {
                names.add(words.get(i));
            }
        }
        return names.isEmpty();
    }
}
