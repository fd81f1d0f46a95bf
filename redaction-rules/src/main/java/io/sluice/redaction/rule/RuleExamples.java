package io.sluice.redaction.rule;

import io.sluice.keys.KeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Redactor;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the examples that prove a policy's rules. */
public final class RuleExamples {
    private final RedactionPolicy policy;
    private final Redactor redactor;
    private final long receivedAt;

    /** @param receivedAt the receive time of every example, for which the keys must not be destroyed */
    public RuleExamples(RedactionPolicy policy, KeyStore keys, TextScanner scanner, Instant receivedAt) {
        this.policy = policy;
        this.redactor = new Redactor(policy, keys, scanner);
        this.receivedAt = receivedAt.toEpochMilli();
    }

    /** The examples that do not hold, a sentence each with its place. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (FieldRule rule : policy.fields()) {
            for (RuleExample example : rule.examples()) {
                run(rule, example, failures);
            }
        }
        return failures;
    }

    private void run(FieldRule rule, RuleExample example, List<String> failures) {
        Dataset dataset = policy.datasets().get(example.dataset());
        if (dataset == null) {
            failures.add(example.place() + ": unknown dataset " + example.dataset());
            return;
        }
        for (Route route : policy.routes().values()) {
            Event event = new Event();
            example.with().forEach((name, text) -> event.set(FieldPath.of(name), text));
            FieldPath field = rule.field();
            boolean path = field.equals(Fields.URL_PATH) || field.equals(Fields.URL_QUERY);
            event.set(path ? Fields.URL_ORIGINAL : field, example.value());
            Scanned scanned = redactor.scan(event, dataset, receivedAt);
            String found = find(redactor.redact(scanned, route, scanned.form(false)), field);
            String expected = example.expected().get(route.name());
            if (!holds(found, expected)) {
                failures.add(example.place() + ": on the route " + route + " " + field + " gives "
                        + (found == null ? "nothing" : found) + ", not "
                        + (expected == null ? "nothing" : expected));
            }
        }
    }

    private static boolean holds(@Nullable String found, @Nullable String expected) {
        if (found == null || expected == null) {
            return found == null && expected == null;
        }
        return expected.endsWith("*")
                ? found.startsWith(expected.substring(0, expected.length() - 1))
                : found.equals(expected);
    }

    private static @Nullable String find(Redacted redacted, FieldPath field) {
        for (int i = 0; i < redacted.size(); i++) {
            if (redacted.path(i).equals(field)) {
                return shown(redacted.value(i));
            }
        }
        return null;
    }

    private static String shown(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        }
        if (value instanceof Value.Decimal decimal) {
            return Double.toString(decimal.number());
        }
        if (value instanceof Value.Flag flag) {
            return Boolean.toString(flag.set());
        }
        if (value instanceof Value.Moment moment) {
            return Instant.ofEpochMilli(moment.epochMilli()).toString();
        }
        return value.toString();
    }
}
