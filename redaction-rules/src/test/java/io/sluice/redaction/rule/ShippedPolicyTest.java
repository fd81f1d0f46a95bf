package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

        assertEquals(List.of(), RuleExamples.withThrowawayKeys(policy).failures());
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
