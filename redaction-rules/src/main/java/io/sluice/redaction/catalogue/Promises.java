package io.sluice.redaction.catalogue;

import io.sluice.redaction.rule.Clause;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.RedactionPolicy;
import java.util.ArrayList;
import java.util.List;

/** What keeps each clause of the notice. */
public final class Promises {
    private Promises() {}

    /**
     * One clause and what keeps it.
     *
     * @param rules the fields whose rules name it
     * @param examples how many examples prove those rules
     */
    public record Promise(Clause clause, List<String> rules, int examples) {
        /** Whether anything keeps it; else it is to be shown red. */
        public boolean isKept() {
            return clause.keptBy() != Clause.KeptBy.OPEN;
        }

        /** What keeps it, in words. */
        public String keptBy() {
            return clause.keptBy() == Clause.KeptBy.RULES
                    ? rules.size() + (rules.size() == 1 ? " rule" : " rules")
                    : clause.keptBy().means();
        }

        /** What proves that. */
        public String tests() {
            return clause.keptBy() == Clause.KeptBy.RULES
                    ? examples + (examples == 1 ? " example" : " examples")
                    : clause.keptBy().test();
        }
    }

    /** All clauses, in the order of the policy. */
    public static List<Promise> of(RedactionPolicy policy) {
        List<Promise> promises = new ArrayList<>();
        for (Clause clause : policy.clauses().values()) {
            List<FieldRule> rules = policy.fields().stream()
                    .filter(rule -> rule.clause().equals(clause.id()))
                    .toList();
            promises.add(new Promise(
                    clause,
                    rules.stream().map(rule -> rule.field().name()).toList(),
                    rules.stream().mapToInt(rule -> rule.examples().size()).sum()));
        }
        return promises;
    }
}
