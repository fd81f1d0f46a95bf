package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of uap-core for browsers or for systems, as they lie in uap-java, read as uap-java reads them: the first
 * expression that matches counts. Tried are only those of which a literal that they require stands in the user agent, and
 * an expression is compiled when it is first tried. Safe to use from several threads.
 */
final class UapCoreRules {
    private static final String FILE = "/ua_parser/regexes.yaml";
    private static final String RULE = "  - regex: '";

    private final List<Rule> rules;
    private final AtomicReferenceArray<@Nullable Pattern> compiled;
    private final WordAutomaton literals;
    private final long[] always;

    private UapCoreRules(List<Rule> rules) {
        this.rules = rules;
        this.compiled = new AtomicReferenceArray<>(rules.size());
        this.always = new long[rules.size() / Long.SIZE + 1];
        WordAutomaton.Builder builder = new WordAutomaton.Builder();
        for (int i = 0; i < rules.size(); i++) {
            List<String> required = RequiredLiterals.of(rules.get(i).regex);
            if (required == null) {
                mark(always, i);
            } else {
                for (String literal : required) {
                    builder.number(literal, i, 1);
                }
            }
        }
        this.literals = builder.build();
    }

    /**
     * One rule.
     *
     * @param family what it is, {@code $1} for the first group, or null for that group itself
     * @param version its major version, or null for the second group
     */
    record Rule(String regex, @Nullable String family, @Nullable String version) {}

    static UapCoreRules browsers() {
        return new UapCoreRules(read("user_agent_parsers:", "family_replacement", "v1_replacement"));
    }

    static UapCoreRules systems() {
        return new UapCoreRules(read("os_parsers:", "os_replacement", "os_v1_replacement"));
    }

    /**
     * Reads a section line by line: each is written in one way only, and reading the file as YAML takes a tenth of a second
     * of each start. The file is that of one version of uap-java; a test reads it as YAML too.
     */
    static List<Rule> read(String section, String familyKey, String versionKey) {
        List<Rule> rules = new ArrayList<>();
        boolean inside = false;
        Map<String, String> keys = new HashMap<>();
        for (String line : lines()) {
            if (line.startsWith(RULE) || !line.startsWith(" ")) {
                addTo(rules, keys, familyKey, versionKey);
                keys.clear();
            }
            if (line.endsWith("_parsers:") && !line.startsWith(" ")) {
                inside = line.equals(section);
            } else if (inside && line.endsWith("'") && !line.strip().startsWith("#")) {
                int colon = line.indexOf(": '");
                keys.put(
                        line.substring(4, colon),
                        line.substring(colon + 3, line.length() - 1).replace("''", "'"));
            }
        }
        addTo(rules, keys, familyKey, versionKey);
        return rules;
    }

    private static void addTo(List<Rule> rules, Map<String, String> keys, String familyKey, String versionKey) {
        String regex = keys.get("regex");
        if (regex != null) {
            rules.add(new Rule(regex, keys.get(familyKey), keys.get(versionKey)));
        }
    }

    private static List<String> lines() {
        try (InputStream stream = UapCoreRules.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException("the rules of uap-java are missing from the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(String::stripTrailing)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the first rule that matches says, or null if none does. */
    AgentRules.@Nullable Named first(String userAgent) {
        long[] candidates = candidates(userAgent);
        for (int word = 0; word < candidates.length; word++) {
            for (long left = candidates[word]; left != 0; left &= left - 1) {
                int rule = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                AgentRules.Named named = named(rules.get(rule), pattern(rule).matcher(userAgent));
                if (named != null) {
                    return named;
                }
            }
        }
        return null;
    }

    private long[] candidates(String userAgent) {
        long[] candidates = Arrays.copyOf(always, always.length);
        int state = 0;
        for (int i = 0; i < userAgent.length(); i++) {
            state = literals.next(state, userAgent.charAt(i));
            if (literals.flags(state) != 0) {
                for (int rule : literals.ending(state)) {
                    mark(candidates, rule);
                }
            }
        }
        return candidates;
    }

    private static void mark(long[] bits, int place) {
        bits[place / Long.SIZE] |= 1L << (place % Long.SIZE);
    }

    private Pattern pattern(int rule) {
        Pattern pattern = compiled.get(rule);
        if (pattern == null) {
            pattern = Pattern.compile(rules.get(rule).regex);
            compiled.set(rule, pattern);
        }
        return pattern;
    }

    private static AgentRules.@Nullable Named named(Rule rule, Matcher matcher) {
        if (!matcher.find()) {
            return null;
        }
        String first = matcher.groupCount() >= 1 ? matcher.group(1) : null;
        String family = rule.family == null ? first : first == null ? rule.family : rule.family.replace("$1", first);
        String version = rule.version != null ? rule.version : matcher.groupCount() >= 2 ? matcher.group(2) : null;
        return family == null
                ? null
                : new AgentRules.Named(
                        family.isEmpty() ? UserAgentRules.OTHER : new Value.Text(family.intern()),
                        version == null || version.isBlank() ? null : new Value.Text(version));
    }
}
