package io.sluice.redaction.rule;

import io.sluice.keys.KeyStore;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Redactor;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.yaml.Problem;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the examples that prove a policy's rules. Not thread-safe. */
public final class RuleExamples {
    /** The receive time of every example; any would do. */
    private static final Instant RECEIVED_AT = Instant.parse("2024-01-10T12:00:00Z");

    private final RedactionPolicy policy;
    private final Redactor redactor;

    /** @param keys must have those of the beginning of 2024 */
    public RuleExamples(RedactionPolicy policy, KeyStore keys, TextScanner scanner) {
        this.policy = policy;
        this.redactor = new Redactor(policy, keys, scanner);
    }

    /** With keys that nobody sees: an example names of a token its beginning only. */
    public static RuleExamples withThrowawayKeys(RedactionPolicy policy) {
        return new RuleExamples(policy, new ThrowawayKeyStore(new SecureRandom()), policy.scanner());
    }

    /** The examples that do not hold. */
    public List<Problem> failures() {
        List<Problem> failures = new ArrayList<>();
        for (FieldRule rule : policy.fields()) {
            failures.addAll(failures(rule));
        }
        return failures;
    }

    /** The examples of one rule that do not hold. */
    public List<Problem> failures(FieldRule rule) {
        List<Problem> failures = new ArrayList<>();
        for (RuleExample example : rule.examples()) {
            run(rule, example, failures);
        }
        return failures;
    }

    private void run(FieldRule rule, RuleExample example, List<Problem> failures) {
        Dataset dataset = policy.datasets().get(example.dataset());
        if (dataset == null) {
            failures.add(Problem.at(example.place(), "unknown dataset " + example.dataset()));
            return;
        }
        for (Route route : policy.routes().values()) {
            Scanned scanned = redactor.scan(event(rule, example), dataset, RECEIVED_AT.toEpochMilli());
            String found = find(redactor.redact(scanned, route, scanned.form(false)), example.field(rule));
            String expected = example.expected().get(route.name());
            if (!holds(found, expected)) {
                failures.add(Problem.at(
                        example.place(),
                        "this example does not hold: on the route " + route + " " + example.field(rule) + " gives "
                                + (found == null ? "nothing" : found) + ", not "
                                + (expected == null ? "nothing" : expected)));
            }
        }
    }

    private static Event event(FieldRule rule, RuleExample example) {
        Event event = new Event();
        example.with().forEach((name, text) -> event.set(FieldPath.of(name), text));
        FieldPath field = example.field(rule);
        if (field.equals(Fields.URL_PATH) || field.equals(Fields.URL_QUERY)) {
            event.set(Fields.URL_ORIGINAL, example.value());
        } else if (!field.equals(Fields.VISITOR_ID)) {
            event.set(field, example.value());
        }
        return event;
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
                return redacted.value(i).plain();
            }
        }
        return null;
    }
}
