package io.sluice.redaction.proof;

import io.sluice.keys.KeyStore;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.PatternDefinition;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.rule.RuleExamples;
import io.sluice.redaction.transform.Keep;
import io.sluice.redaction.transform.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes each rule a little and looks whether one of its examples notices; what none notices nobody has tried.
 *
 * <p>Of a field rule, on each route: let out more, let out less, let out nothing. Of a pattern: each of its checks left
 * out, each of its alternatives, its context drawn wider and closer.
 */
public final class Mutations {
    private final RedactionPolicy policy;
    private final KeyStore keys;
    private final TextScanner scanner;
    private final List<String> survivors = new ArrayList<>();
    private int tried;

    /**
     * What came out.
     *
     * @param tried how many mutants there were
     * @param survivors those that no example noticed, each with its place
     */
    public record Result(int tried, List<String> survivors) {}

    Mutations(RedactionPolicy policy, KeyStore keys, TextScanner scanner) {
        this.policy = policy;
        this.keys = keys;
        this.scanner = scanner;
    }

    Result run() {
        for (FieldRule rule : policy.fields()) {
            for (Route route : policy.routes().values()) {
                mutate(rule, route.name());
            }
        }
        for (Detector detector : policy.detectors()) {
            if (detector instanceof PatternDetector pattern) {
                mutate(pattern.definition());
            }
        }
        return new Result(tried, List.copyOf(survivors));
    }

    private void mutate(PatternDefinition definition) {
        PatternMutants.of(definition).forEach((what, mutant) -> {
            tried++;
            if (mutant.failingExamples().isEmpty()) {
                survivors.add(definition.file() + ":" + definition.line() + ": " + definition.name() + " " + what
                        + ", and no example notices");
            }
        });
    }

    private void mutate(FieldRule rule, String route) {
        Transform treatment = rule.routes().get(route);
        if (treatment == null) {
            tryOut(rule, route, new Keep(), "kept instead of dropped");
            return;
        }
        tryOut(rule, route, null, "dropped instead of " + treatment.label());
        Transform wider = treatment.wider();
        if (!wider.equals(treatment)) {
            tryOut(rule, route, wider, "let out more than " + treatment.label() + " does");
        }
        Optional<Transform> narrower = treatment.narrower();
        if (narrower.isPresent() && !narrower.get().equals(treatment)) {
            tryOut(rule, route, narrower.get(), "let out less than " + treatment.label() + " does");
        }
    }

    private void tryOut(FieldRule rule, String route, @Nullable Transform instead, String what) {
        tried++;
        Map<String, Transform> routes = new LinkedHashMap<>(rule.routes());
        if (instead == null) {
            routes.remove(route);
        } else {
            routes.put(route, instead);
        }
        FieldRule mutant = rule.withRoutes(routes);
        if (new RuleExamples(policy.with(mutant), keys, scanner)
                .failures(mutant)
                .isEmpty()) {
            survivors.add(rule.place() + ": " + rule.field() + " " + what + " on the route " + route
                    + ", and no example notices");
        }
    }
}
