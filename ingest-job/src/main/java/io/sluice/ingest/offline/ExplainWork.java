package io.sluice.ingest.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.boundary.Watched;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.Firing;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.transform.Scan;
import io.sluice.redaction.transform.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says for each event what happened to each of its parts and why, and of a detector why it fired or did not. Values are
 * masked; what left may be seen. Not thread-safe.
 */
public final class ExplainWork implements PieceWork {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedactionPolicy policy;
    private final WatchedPieces watched;
    private final TextScanner scanner;
    private final @Nullable Detector detector;
    private final boolean json;
    private final Runnable atEnd;

    /**
     * @param detector whose firing is to be explained, or null
     * @param json one object an event; else lines for a person
     * @param atEnd closes what the boundary needs
     */
    public ExplainWork(
            RedactionPolicy policy,
            KeyStore keys,
            Enricher enricher,
            SourceOptions options,
            long receivedAt,
            @Nullable Detector detector,
            boolean json,
            Runnable atEnd) {
        this.policy = policy;
        this.watched = new WatchedPieces(policy, keys, enricher, options, receivedAt);
        this.scanner = policy.scanner();
        this.detector = detector;
        this.json = json;
        this.atEnd = atEnd;
    }

    @Override
    public void close() {
        atEnd.run();
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        for (Watched.Seen seen : watched.watch(piece)) {
            balance.released();
            Map<String, Object> told = tell(seen, page);
            String text = json ? json(told) : Prose.of(told);
            page.json().raw(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            page.json().raw('\n');
        }
        watched.account(balance);
    }

    private static String json(Map<String, Object> told) {
        try {
            return JSON.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an explanation cannot be written as JSON", e);
        }
    }

    private Map<String, Object> tell(Watched.Seen seen, Page page) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("file", page.file());
        Watched.Event event = seen.event;
        if (event != null) {
            told.put("line", page.line(event.at()));
        }
        told.put("routes", seen.outcomes);
        if (event == null) {
            return told;
        }
        List<Map<String, Object>> fields = new ArrayList<>();
        Scanned scanned = event.scanned();
        for (int i = 0; i < scanned.event().size(); i++) {
            fields.add(field(scanned, scanned.event().path(i), scanned.event().value(i), seen));
        }
        Map<String, Object> visitor = visitor(seen);
        if (!visitor.isEmpty()) {
            fields.add(visitor);
        }
        told.put("fields", fields);
        return told;
    }

    private Map<String, Object> field(Scanned scanned, FieldPath path, Value value, Watched.Seen seen) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("field", path.name());
        field.put("value", Masked.of(value.plain()));
        FieldRule rule = policy.rule(path);
        if (rule == null) {
            field.put(
                    "why",
                    Fields.READ_BY_SLUICE.contains(path)
                            ? "read by Sluice itself, and let out nowhere"
                            : "no rule lists it, so it is dropped on every route");
        } else {
            field.put("rule", rule.place().toString());
            field.put("clause", rule.clause());
            field.put("why", rule.because());
        }
        Map<String, String> routes = new LinkedHashMap<>();
        for (Route route : policy.routes().values()) {
            routes.put(route.name(), became(rule, route, path, seen));
        }
        field.put("routes", routes);
        findings(scanned, path, value, field);
        return field;
    }

    private String became(@Nullable FieldRule rule, Route route, FieldPath path, Watched.Seen seen) {
        Redacted redacted = seen.left.get(route.name());
        if (redacted == null) {
            return "nothing: " + seen.outcomes.getOrDefault(route.name(), "not released");
        }
        for (int i = 0; i < redacted.size(); i++) {
            if (redacted.path(i).equals(path)) {
                Transform treatment = policy.treatment(route, redacted.form(), path);
                return (treatment == null ? "" : treatment.label() + ": ")
                        + redacted.value(i).plain();
            }
        }
        Transform treatment = policy.treatment(route, redacted.form(), path);
        if (treatment != null) {
            return "dropped: " + treatment.label() + " lets nothing of it out";
        }
        boolean inFull = rule != null && rule.routes().containsKey(route.name());
        return inFull
                ? "dropped: not in the " + redacted.form().label() + " form"
                : rule == null ? "dropped: not listed" : "dropped: its rule lets it out on other routes, or none";
    }

    private Map<String, Object> visitor(Watched.Seen seen) {
        Map<String, Object> made = new LinkedHashMap<>();
        seen.left.forEach((route, redacted) -> {
            for (int i = 0; i < redacted.size(); i++) {
                if (redacted.path(i).equals(Fields.VISITOR_ID)) {
                    made.put("field", Fields.VISITOR_ID.name());
                    made.put("why", "made by Sluice");
                    made.put("routes", Map.of(route, redacted.value(i).plain()));
                }
            }
        });
        return made;
    }

    private void findings(Scanned scanned, FieldPath path, Value value, Map<String, Object> field) {
        if (!(value instanceof Value.Text text)) {
            return;
        }
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Finding finding : scanner.scan(text.text())) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("detector", finding.detector());
            one.put("category", finding.category().label());
            one.put("start", finding.start());
            one.put("end", finding.end());
            one.put("value", Masked.of(text.text().substring(finding.start(), finding.end())));
            findings.add(one);
        }
        if (!findings.isEmpty()) {
            field.put("findings", findings);
        }
        if (detector != null) {
            field.put("detector", firing(detector, path, text.text()));
        }
    }

    private Map<String, Object> firing(Detector asked, FieldPath path, String text) {
        Firing firing = Firing.of(asked, text, scanner);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", asked.name());
        told.put(
                "reason", firing.why().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        boolean searched = policy.isFreeText(path)
                || policy.routes().values().stream()
                        .anyMatch(route ->
                                policy.treatment(route, io.sluice.redaction.rule.Form.FULL, path) instanceof Scan);
        told.put(
                "why",
                firing.why().sentence()
                        + (firing.by().isEmpty() ? "" : " (" + firing.by() + ")")
                        + (searched ? "" : "; wrong field: the policy searches " + path + " nowhere"));
        if (firing.end() > firing.start()) {
            told.put("start", firing.start());
            told.put("end", firing.end());
        }
        return told;
    }
}
