package io.sluice.redaction.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shipped policy is proved, and a policy that is not is told so. */
class PolicyProofTest {
    /** Times are measured elsewhere: in `rules test`, and in the benchmarks. */
    private static final long NO_LIMIT = 1_000_000;

    private static final String EXTENSION =
            """
            policy: p-1
            extends: ottomatiq-2024-01-10
            detectors: [d.yaml]
            fields:
              - {field: props.theme, clause: usage.data, because: x, owner: me, routes: {analytics: {listed: [dark]}}, examples: [{value: dark, analytics: dark}]}
              - {field: props.open, clause: usage.data, because: x, owner: me, routes: {analytics: keep}}
            """;

    private static final String DETECTORS =
            """
            detectors:
              - name: member
                category: client-information
                because: x
                pattern: '\\bM-[0-9]{5}\\b|\\bN-[0-9]{5}\\b'
                context: {words: [member], distance: 20}
                exclude: ['M-00000']
                validator: %s
                examples: {found: ['member M-{{12344}}'], left: ['M-1']}
            """;

    private static PolicyProof proof(RedactionPolicy policy) {
        return new PolicyProof(policy, new ThrowawayKeyStore(new SecureRandom()), new Random(7));
    }

    private static RedactionPolicy extension() throws PolicyException {
        SortedMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put("p.yaml", EXTENSION);
        files.put(
                "d.yaml",
                DETECTORS.replace("    validator: %s\n", "").replace("member M-{{12344}}", "member {{M-12344}}"));
        return PolicyReader.read(new PolicyFiles("p.yaml", files));
    }

    @Test
    void theShippedPolicyIsProved() throws PolicyException {
        PolicyProof proof =
                proof(PolicyReader.read(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow()));
        assertEquals(List.of(), proof.failingExamples());
        for (LawResult law : proof.laws(NO_LIMIT)) {
            assertEquals(List.of(), law.broken(), law.law());
            assertTrue(law.checked() > 0, law.law());
        }
        Mutations.Result mutations = proof.mutations();
        assertEquals(List.of(), mutations.survivors());
        assertTrue(mutations.tried() > 150, "tried " + mutations.tried());
    }

    @Test
    void whatNoExampleNoticesIsListed() throws PolicyException {
        List<String> survivors = proof(extension()).mutations().survivors();
        assertTrue(
                survivors.contains("p.yaml:5: props.theme let out more than listed does on the route analytics, and no"
                        + " example notices"),
                survivors::toString);
        for (String what : List.of(
                "without its context",
                "with its context 8 times as far",
                "without its exclusion 1",
                "without its borders",
                "without its alternative 2")) {
            assertTrue(
                    survivors.contains("d.yaml:2: member " + what + ", and no example notices"),
                    what + " of " + survivors);
        }
        assertFalse(survivors.contains("d.yaml:2: member without its alternative 1, and no example notices"));
    }

    @Test
    void aFieldThatLetsPersonalDataThroughBreaksTheLaw() throws PolicyException {
        Map<String, LawResult> laws = new TreeMap<>();
        proof(extension()).laws(NO_LIMIT).forEach(law -> laws.put(law.law(), law));
        List<String> broken = laws.get("no finding survives in any field").broken();
        assertTrue(
                broken.stream().allMatch(place -> place.startsWith("p.yaml:6: props.open on the route analytics")),
                broken::toString);
        assertFalse(broken.isEmpty());
        assertTrue(broken.stream().noneMatch(place -> place.contains("example.com")), "places, no text");
    }

    @Test
    void aLimitThatNothingCanKeepIsTold() throws PolicyException {
        LawResult hostile = proof(extension()).laws(-1).get(4);
        assertEquals(hostile.checked(), hostile.broken().size());
    }

    @Test
    void barsInGroupsAndClassesAreNoAlternatives() {
        assertEquals(List.of("a(b|c)", "[|]d", "\\|e"), PatternMutants.alternatives("a(b|c)|[|]d|\\|e"));
    }
}
