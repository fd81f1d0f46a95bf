package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentDecision;
import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.consent.Signals.Signal;
import io.sluice.redaction.detect.PatternDefinition;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a policy lets out, and the one before it does not: a comparison of the policies themselves, without samples.
 *
 * <p>Guarantees: whatever may leave in more detail, on another route, of more people or for a longer time is listed;
 * what cannot be compared counts as exposed. Does not guarantee: that all that is listed ever happens. It errs on the
 * side of alarm.
 */
public final class Exposures {
    private final RedactionPolicy before;
    private final RedactionPolicy after;
    private final Set<Exposure> found = new LinkedHashSet<>();

    private Exposures(RedactionPolicy before, RedactionPolicy after) {
        this.before = before;
        this.after = after;
    }

    /** What {@code after} newly exposes; empty if it only hides more. */
    public static List<Exposure> of(RedactionPolicy before, RedactionPolicy after) {
        Exposures all = new Exposures(before, after);
        Optional<Set<NameShape>> names = all.names();
        if (names.isEmpty()) {
            all.add("all fields", "", "known", "too many patterns to compare");
        }
        all.fields(names.orElse(Set.of()));
        after.routes().values().forEach(all::route);
        all.search();
        for (Dataset dataset : after.datasets().values()) {
            Dataset old = before.dataset(dataset.name());
            if (old == null) {
                all.add("dataset " + dataset.name(), "", "quarantined", "read");
            } else {
                all.found.addAll(PathExposures.of(old, dataset));
            }
        }
        return List.copyOf(all.found);
    }

    private void add(String what, String where, String was, String is) {
        found.add(new Exposure(what, where, was, is.equals(was) ? is + ", wider" : is));
    }

    /** The names that tell the two apart, wherever they are named. */
    private Optional<Set<NameShape>> names() {
        List<NameShape> shapes = new ArrayList<>();
        for (RedactionPolicy policy : List.of(before, after)) {
            policy.named()
                    .forEach(path ->
                            shapes.add(NameShape.ofField(FieldPattern.of(path).segments())));
        }
        return NameShape.closed(shapes);
    }

    private void fields(Set<NameShape> names) {
        for (NameShape name : names) {
            FieldPath field = FieldPath.of(String.join(".", name.sample()));
            String written = String.join(".", name.written());
            boolean leaves = false;
            for (Route route : after.routes().values()) {
                for (Form form : Form.values()) {
                    Route old = before.routes().get(route.name());
                    Transform was = old == null ? null : before.treatment(old, form, field);
                    Transform is = after.treatment(route, form, field);
                    leaves |= is != null;
                    if (Looseness.isLooser(was, is)) {
                        String where = "route " + route + (form == Form.FULL ? "" : ", form " + form.label());
                        add(written, where, Looseness.label(was), Looseness.label(is));
                    }
                }
            }
            if (leaves && before.isFreeText(field) && !after.isFreeText(field)) {
                add(written, "", "searched for identifiers", "not searched");
            }
            category(field, written);
        }
    }

    /** Secrets and client information are cut out before sealing because their field says what it holds. */
    private void category(FieldPath field, String written) {
        FieldRule was = before.rule(field);
        FieldRule is = after.rule(field);
        if (was != null && was.category() != null && (is == null || is.category() != was.category())) {
            String now = is == null || is.category() == null
                    ? "no category"
                    : is.category().label();
            add(written, "category", was.category().label(), now);
        }
    }

    private void route(Route route) {
        Route old = before.routes().get(route.name());
        if (old == null) {
            add("route " + route, "", "none", "new");
            return;
        }
        String where = "route " + route;
        if (route.retention().compareTo(old.retention()) > 0) {
            add(
                    "retention",
                    where,
                    old.retention().toDays() + " d",
                    route.retention().toDays() + " d");
        }
        if (!route.purpose().equals(old.purpose())) {
            add("purpose", where, old.purpose().name(), route.purpose().name());
        }
        consent(before.consent(old), after.consent(route), where);
    }

    private void consent(ConsentRule was, ConsentRule is, String where) {
        if (is.openUntilRefused() && !was.openUntilRefused()) {
            add("default", where, "closed until granted", "open until refused");
        }
        if (is.openUntilRefused() && was.openUntilRefused()) {
            Set<String> opened = new HashSet<>(was.closedIn());
            opened.removeAll(is.closedIn());
            opened.stream().sorted().forEach(country -> add("closedIn " + country, where, "closed", "open"));
        }
        if (isLaxer(was.refused(), is.refused())) {
            add("product-choice", where, word(was.refused()), word(is.refused()));
        }
        for (Map.Entry<Signal, ConsentDecision> signal : was.signals().entrySet()) {
            ConsentDecision now = is.signals().getOrDefault(signal.getKey(), ConsentDecision.OPEN);
            if (isLaxer(signal.getValue(), now)) {
                add("signal " + signal.getKey().label(), where, word(signal.getValue()), word(now));
            }
        }
        if (!before.optOutCookie().equals(after.optOutCookie())) {
            add("optOutCookie", "", before.optOutCookie(), after.optOutCookie());
        }
    }

    private static boolean isLaxer(ConsentDecision was, ConsentDecision is) {
        return is.compareTo(was) < 0;
    }

    private static String word(ConsentDecision decision) {
        return switch (decision) {
            case OPEN -> "open";
            case ANONYMIZED -> "anonymized";
            case CLOSED -> "closed";
        };
    }

    /** What is no longer found in free text. */
    private void search() {
        Set<String> regions = new HashSet<>(before.phoneRegions());
        regions.removeAll(after.phoneRegions());
        regions.stream().sorted().forEach(region -> add("phoneRegions " + region, "", "found", "not found"));
        Set<List<Object>> kept =
                after.ownDetectors().stream().map(Exposures::finds).collect(Collectors.toSet());
        for (PatternDetector detector : before.ownDetectors()) {
            if (!kept.contains(finds(detector))) {
                boolean there = after.ownDetectors().stream()
                        .anyMatch(other -> other.name().equals(detector.name()));
                add("detector " + detector.name(), "", "finds", there ? "finds something else" : "gone");
            }
        }
    }

    /** All by which a detector finds what it finds. */
    private static List<Object> finds(PatternDetector detector) {
        PatternDefinition definition = detector.definition();
        return Arrays.asList(
                definition.name(),
                definition.category(),
                definition.pattern(),
                definition.group(),
                definition.validator(),
                definition.words(),
                definition.distance(),
                definition.exclude());
    }
}
