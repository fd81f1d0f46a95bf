package io.sluice.redaction.proof;

import io.sluice.keys.KeyStore;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.detect.PatternProblem;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.RuleExamples;
import io.sluice.redaction.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tries a policy: all examples, then the laws, then mutations of each rule, of which an example must notice every one.
 *
 * <p>Guarantees: reports places and names, never the text of an example. Not thread-safe.
 */
public final class PolicyProof {
    private final RedactionPolicy policy;
    private final KeyStore keys;
    private final TextScanner scanner;
    private final Random random;

    /**
     * @param keys must have those of the beginning of 2024; throwaway ones will do
     * @param random which orders and names are tried; a seeded one makes a run repeatable
     */
    public PolicyProof(RedactionPolicy policy, KeyStore keys, Random random) {
        this.policy = policy;
        this.keys = keys;
        this.random = random;
        this.scanner = policy.scanner();
    }

    /** What the examples say. */
    public List<Problem> failingExamples() {
        List<Problem> failures = new ArrayList<>(new RuleExamples(policy, keys, scanner).failures());
        for (PatternDetector detector : patterns()) {
            for (PatternProblem problem : detector.definition().failingExamples()) {
                failures.add(new Problem(problem.file(), problem.line(), problem.column(), problem.message(), null));
            }
        }
        return failures;
    }

    /** How many examples there are, of rules and of detectors. */
    public int examples() {
        int rules = policy.fields().stream()
                .mapToInt(rule -> rule.examples().size())
                .sum();
        return rules
                + patterns().stream()
                        .mapToInt(pattern -> pattern.definition().found().size()
                                + pattern.definition().left().size())
                        .sum();
    }

    /**
     * Runs the laws.
     *
     * @param hostileMillis how much processor time a hostile text of 64 KiB may take
     */
    public List<LawResult> laws(long hostileMillis) {
        return new Laws(policy, keys, scanner, random).all(hostileMillis);
    }

    /** Mutates each rule and each pattern. */
    public Mutations.Result mutations() {
        return new Mutations(policy, keys, scanner).run();
    }

    private List<PatternDetector> patterns() {
        return policy.detectors().stream()
                .filter(PatternDetector.class::isInstance)
                .map(PatternDetector.class::cast)
                .toList();
    }
}
