package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.event.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples of {@code user-agents.yaml} hold, and each word of its rules is needed by one. */
class AgentRuleFileTest {
    private static final AgentRuleFile SHIPPED = AgentRuleFile.read(AgentRuleFile.shippedText());

    /** What a list of rules says of a user agent. */
    private static Function<String, AgentRules.@Nullable Named> reader(List<AgentRule> rules) {
        WordScan.Builder words = new WordScan.Builder();
        AgentRules compiled = new AgentRules(rules, words);
        WordScan scan = words.build();
        return userAgent -> compiled.first(scan.find(userAgent), userAgent);
    }

    private static String plain(String example) {
        return example.replace("{{", "").replace("}}", "");
    }

    private static @Nullable Value marked(String example) {
        int start = example.indexOf("{{");
        return start < 0 ? null : new Value.Text(example.substring(start + 2, example.indexOf("}}")));
    }

    private static boolean found(Function<String, AgentRules.@Nullable Named> reader, AgentRule rule, String example) {
        return new AgentRules.Named(new Value.Text(rule.name()), marked(example)).equals(reader.apply(plain(example)));
    }

    private static void examplesHold(List<AgentRule> rules, boolean versions) {
        Function<String, AgentRules.@Nullable Named> all = reader(rules);
        for (AgentRule rule : rules) {
            Function<String, AgentRules.@Nullable Named> alone = reader(List.of(rule));
            for (String example : rule.found()) {
                AgentRules.Named named = Objects.requireNonNull(all.apply(plain(example)), example);
                assertEquals(new Value.Text(rule.name()), named.name(), example);
                if (versions) {
                    assertEquals(marked(example), named.version(), example);
                }
                assertTrue(alone.apply(plain(example)) != null, () -> rule.name() + " needs another rule: " + example);
            }
            for (String example : rule.left()) {
                assertEquals(null, alone.apply(example), () -> rule.name() + " takes " + example);
            }
        }
    }

    @Test
    void theExamplesHold() {
        assertTrue(SHIPPED.browsers().size() > 80);
        examplesHold(SHIPPED.browsers(), true);
        examplesHold(SHIPPED.systems(), false);
    }

    @Test
    void whatRunsIsTheSameWithoutTheExamples() {
        AgentRuleFile running = AgentRuleFile.shipped();
        assertEquals(withoutExamples(SHIPPED.browsers()), running.browsers());
        assertEquals(withoutExamples(SHIPPED.systems()), running.systems());
    }

    private static List<AgentRule> withoutExamples(List<AgentRule> rules) {
        return rules.stream()
                .map(rule -> new AgentRule(
                        rule.name(),
                        rule.because(),
                        rule.signs(),
                        rule.versionOf(),
                        rule.with(),
                        rule.without(),
                        List.of(),
                        List.of()))
                .toList();
    }

    /** A sign, or a condition, without which all examples hold as well is not proven to be right. */
    @Test
    void everyWordOfARuleIsNeededByAnExample() {
        List<String> idle = new ArrayList<>();
        List<AgentRule> all = new ArrayList<>(SHIPPED.browsers());
        all.addAll(SHIPPED.systems());
        for (AgentRule rule : all) {
            for (String sign : rule.signs()) {
                if (holds(with(rule, without(rule.signs(), sign), rule.with(), rule.without()))) {
                    idle.add(rule.name() + ": " + sign);
                }
            }
            for (String word : rule.with()) {
                if (holds(with(rule, rule.signs(), without(rule.with(), word), rule.without()))) {
                    idle.add(rule.name() + ": with " + word);
                }
            }
            for (String word : rule.without()) {
                if (holds(with(rule, rule.signs(), rule.with(), without(rule.without(), word)))) {
                    idle.add(rule.name() + ": without " + word);
                }
            }
        }
        assertEquals(List.of(), idle);
    }

    private static boolean holds(AgentRule rule) {
        Function<String, AgentRules.@Nullable Named> alone = reader(List.of(rule));
        return rule.found().stream().allMatch(example -> alone.apply(plain(example)) != null)
                && rule.left().stream().allMatch(example -> alone.apply(example) == null);
    }

    private static List<String> without(List<String> all, String one) {
        return all.stream().filter(each -> !each.equals(one)).toList();
    }

    private static AgentRule with(AgentRule rule, List<String> signs, List<String> with, List<String> without) {
        return new AgentRule(
                rule.name(), rule.because(), signs, rule.versionOf(), with, without, rule.found(), rule.left());
    }

    @Test
    void aVersionHasOneToFiveDigits() {
        AgentRule rule = rule("signs: ['Example/']");
        Function<String, AgentRules.@Nullable Named> reader = reader(List.of(rule));
        assertTrue(found(reader, rule, "Example/{{7}}"));
        assertTrue(found(reader, rule, "example/v{{12345}}.1"));
        assertEquals(null, reader.apply("Example/123456"));
        assertEquals(null, reader.apply("Example/"));
        assertEquals(null, reader.apply("Example/version"));
        assertTrue(found(reader, rule, "é😀Example/ Example/{{8}}"), "the first that has a version");
    }

    @Test
    void theFirstRuleThatFitsCounts() {
        AgentRule inner = rule("signs: ['Example/']");
        AgentRule outer = new AgentRule(
                "Outer",
                "Outer.",
                List.of("Outer"),
                "Example/",
                List.of(),
                List.of("None"),
                List.of("a"),
                List.of("b"));
        assertTrue(found(reader(List.of(outer, inner)), outer, "Outer Example/{{7}}"));
        assertTrue(found(reader(List.of(inner, outer)), inner, "Outer Example/{{7}}"));
        assertTrue(found(reader(List.of(outer, inner)), inner, "Outer None Example/{{7}}"));
        assertTrue(found(reader(List.of(outer, inner)), outer, "Outer"));
    }

    @Test
    void whatIsNoRuleIsRefusedByItsName() {
        refused("has no key \"sign\"", "sign: ['Example/']");
        refused("Example needs signs", "with: ['Example/']");
        refused("a list of texts under \"signs\"", "signs: 'Example/'");
        refused("Example needs a text under \"signs\"", "signs: [7]");
        refused("Example needs examples", "signs: ['Example/']", "found: []");
        refused("no valid YAML", "signs: [");
    }

    private static void refused(String message, String lines) {
        refused(message, lines, "found: ['Example/{{1}}']");
    }

    private static void refused(String message, String lines, String found) {
        String text = assertThrows(IllegalArgumentException.class, () -> rule(lines, found))
                .getMessage();
        assertTrue(String.valueOf(text).contains(message), text);
    }

    private static AgentRule rule(String lines) {
        return rule(lines, "found: ['Example/{{1}}']");
    }

    private static AgentRule rule(String lines, String found) {
        String yaml = "browsers:\n  - name: Example\n    because: An example.\n    " + lines + "\n    examples:\n      "
                + found + "\n      left: [none]\n";
        return AgentRuleFile.read(yaml).browsers().get(0);
    }
}
