package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules in their order, of which the first that fits counts. Read-only, safe to use from several threads. */
final class AgentRules {
    private static final int NO_WORD = -1;
    private static final int[] NONE = {};

    private final Rule[] rules;
    /** By the number of a word, the places of the rules of which it is a sign; the array may end before the number. */
    private final int[][] rulesBySign;

    /** @param words learns the words of the rules; {@link #first} is asked about what its scan found */
    AgentRules(List<AgentRule> rules, WordScan.Builder words) {
        this.rules = rules.stream().map(rule -> Rule.of(rule, words)).toArray(Rule[]::new);
        List<List<Integer>> bySign = new ArrayList<>();
        for (int i = 0; i < this.rules.length; i++) {
            for (int sign : this.rules[i].signs()) {
                while (bySign.size() <= sign) {
                    bySign.add(new ArrayList<>());
                }
                bySign.get(sign).add(i);
            }
        }
        this.rulesBySign = bySign.stream()
                .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** A name with its version. */
    record Named(Value name, @Nullable Value version) {}

    private record Rule(Value name, int[] signs, int versionOf, int[] with, int[] without) {
        static Rule of(AgentRule rule, WordScan.Builder words) {
            return new Rule(
                    new Value.Text(rule.name().intern()),
                    numbers(rule.signs(), words),
                    rule.versionOf() == null ? NO_WORD : words.number(rule.versionOf()),
                    numbers(rule.with(), words),
                    numbers(rule.without(), words));
        }

        private static int[] numbers(List<String> all, WordScan.Builder words) {
            return all.stream().mapToInt(words::number).toArray();
        }

        Named named(WordScan.Found found, int sign, String userAgent) {
            int product = versionOf == NO_WORD ? sign : versionOf;
            return new Named(name, found.has(product) ? Major.at(userAgent, found.ends()[product]) : null);
        }

        boolean allows(WordScan.Found found) {
            for (int word : with) {
                if (!found.has(word)) {
                    return false;
                }
            }
            for (int word : without) {
                if (found.has(word)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What the first rule that fits calls it, or null if none does. */
    @Nullable
    Named first(WordScan.Found found, String userAgent) {
        int first = rules.length;
        int sign = NO_WORD;
        for (int i = 0; i < found.count(); i++) {
            int word = found.words()[i];
            for (int place : word < rulesBySign.length ? rulesBySign[word] : NONE) {
                if (place < first && rules[place].allows(found)) {
                    first = place;
                    sign = word;
                }
            }
        }
        return sign == NO_WORD ? null : rules[first].named(found, sign, userAgent);
    }
}
