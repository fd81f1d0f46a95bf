package io.sluice.redaction;

import io.sluice.keys.KeyStore;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.rule.RouteRules;
import io.sluice.redaction.transform.TimeTo;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.TransformContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Value PRESENT = new Value.Flag(true);

    private final RedactionPolicy policy;
    private final TextScanner scanner;
    private final TransformContext context;
    private final RecentTexts<SplitUrl> urls = new RecentTexts<>();

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
        return new Scanned(event, dataset, policy, scanner, urls, receivedAt);
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
            Value value = event.value(i);
            if (value instanceof Value.Items || value instanceof Value.Members) {
                addEach(redacted, rules, path, value);
                continue;
            }
            Transform transform = treatment(rules, path);
            if (transform != null) {
                add(redacted, path, value, transform);
            }
        }
        Transform visitor = rules.find(Fields.VISITOR_ID);
        if (visitor != null) {
            add(redacted, Fields.VISITOR_ID, PRESENT, visitor);
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

    /**
     * Takes an array or object apart: each value in it falls under the rule for its own name, and what is left of the
     * values of one name leaves as a list.
     */
    private void addEach(Redacted redacted, RouteRules rules, FieldPath path, Value value) {
        Map<FieldPath, List<Value>> kept = new LinkedHashMap<>();
        Leaves.each(path, value, (name, leaf) -> {
            Transform transform = treatment(rules, name);
            if (transform != null) {
                context.enter(name);
                Value released = transform.apply(leaf, context);
                if (released != null) {
                    kept.computeIfAbsent(name, unused -> new ArrayList<>()).add(released);
                }
            }
        });
        kept.forEach((name, released) -> redacted.add(name, new Value.Items(List.copyOf(released))));
    }

    /**
     * The treatment of a field that came with an event, or null. A visitor is made, not found; and a name that only an
     * asterisk stands for was chosen by the sender: personal data in it drops the field.
     */
    private @Nullable Transform treatment(RouteRules rules, FieldPath path) {
        Transform transform = rules.find(path);
        if (transform == null || path.equals(Fields.VISITOR_ID) || (isChosen(rules, path) && isPersonal(path.name()))) {
            return null;
        }
        return transform;
    }

    private static boolean isChosen(RouteRules rules, FieldPath path) {
        return !path.isConstant() && !rules.names(path);
    }

    /** Whether there is personal data in a name, as a whole or in one of its parts. */
    private boolean isPersonal(String name) {
        if (scanner.hasFinding(name)) {
            return true;
        }
        for (String part : name.split("\\.")) {
            if (scanner.hasFinding(part)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable TimeTo timeOf(RouteRules rules) {
        return rules.find(Fields.TIMESTAMP) instanceof TimeTo time ? time : null;
    }
}
