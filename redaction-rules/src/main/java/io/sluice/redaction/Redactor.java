package io.sluice.redaction;

import io.sluice.keys.KeyStore;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.rule.RouteRules;
import io.sluice.redaction.transform.TimeTo;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.TransformContext;
import org.jspecify.annotations.Nullable;

/**
 * Redacts events under one policy: scanned once, then redacted for each route.
 *
 * <p>Guarantees: a field leaves only through the treatment that the policy lists for it on that route and in that form;
 * everything else is dropped. There is no switch that turns it off. Does not guarantee: that a treatment is wise; the
 * policy says why it is there.
 *
 * <p>Not thread-safe: one per task.
 */
public final class Redactor {
    private static final FieldPath VISITOR_ID = FieldPath.of("visitor.id");
    private static final Value PRESENT = new Value.Flag(true);

    private final RedactionPolicy policy;
    private final TextScanner scanner;
    private final TransformContext context;

    public Redactor(RedactionPolicy policy, KeyStore keys, TextScanner scanner) {
        this.policy = policy;
        this.scanner = scanner;
        this.context = new TransformContext(keys, scanner);
    }

    public RedactionPolicy policy() {
        return policy;
    }

    /**
     * Looks at an event once for all routes; the event is changed: the parts of its URL are set beside it.
     *
     * @param event the event, enriched
     * @param dataset the label of its source, which the policy must know
     * @param receivedAt receive time of its record, milliseconds since 1970
     */
    public Scanned scan(Event event, Dataset dataset, long receivedAt) {
        return new Scanned(event, dataset, policy, scanner, receivedAt);
    }

    /** The event as the route may see it in this form. */
    public Redacted redact(Scanned scanned, Route route, Form form) {
        Event event = scanned.event();
        context.enter(event, scanned.dataset().name(), scanned.pathRule(), scanned.receivedAt());
        context.enter(route.purpose());
        RouteRules rules = policy.rules(route, form);
        Redacted redacted = new Redacted(route, form, timeOf(rules));
        for (int i = 0; i < event.size(); i++) {
            FieldPath path = event.path(i);
            Transform transform = rules.find(path);
            if (transform != null && !path.equals(VISITOR_ID)) {
                add(redacted, path, event.value(i), transform);
            }
        }
        // A visitor is made, not found: what a sender calls visitor.id is a field like any other unlisted one.
        Transform visitor = rules.find(VISITOR_ID);
        if (visitor != null) {
            add(redacted, VISITOR_ID, PRESENT, visitor);
        }
        return redacted;
    }

    private void add(Redacted redacted, FieldPath path, Value value, Transform transform) {
        context.enter(path);
        Value kept = transform.apply(value, context);
        if (kept != null) {
            redacted.add(path, kept);
        }
    }

    private static @Nullable TimeTo timeOf(RouteRules rules) {
        return rules.find(Fields.TIMESTAMP) instanceof TimeTo time ? time : null;
    }
}
