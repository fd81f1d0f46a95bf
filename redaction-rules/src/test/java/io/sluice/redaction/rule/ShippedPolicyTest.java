package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.TextScanner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped policies load, and every example in them holds. */
class ShippedPolicyTest {
    @ParameterizedTest
    @ValueSource(strings = {"ottomatiq-2024-01-10", "ottomatiq-2024-01-10-optin"})
    void everyExampleHolds(String version) throws PolicyException {
        RedactionPolicy policy = PolicyReader.read(PolicyFiles.shipped(version).orElseThrow());
        assertEquals(version, policy.version());

        var examples = new RuleExamples(
                policy,
                new ThrowawayKeyStore(new SecureRandom()),
                TextScanner.of(Detectors.shipped()),
                Instant.parse("2024-01-10T12:00:00Z"));
        assertEquals(List.of(), examples.failures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ottomatiq-2024-01-10", "ottomatiq-2024-01-10-optin"})
    void everyRuleSaysWhyAndWhoAnswersForIt(String version) throws PolicyException {
        RedactionPolicy policy = PolicyReader.read(PolicyFiles.shipped(version).orElseThrow());
        for (FieldRule rule : policy.fields()) {
            assertFalse(rule.because().isBlank(), rule.place() + " says no because");
            assertFalse(rule.owner().isBlank(), rule.place() + " names no owner");
        }
    }
}
