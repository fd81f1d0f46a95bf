package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import ua_parser.OS;
import ua_parser.Parser;
import ua_parser.UserAgent;

/** Our way through uap-core's rules and uap-java's own come to the same. */
class UapCoreRulesTest {
    private static final UapCoreRules BROWSERS = UapCoreRules.browsers();
    private static final UapCoreRules SYSTEMS = UapCoreRules.systems();
    private static final Parser UAP_JAVA = new Parser();
    private static final List<String> PIECES = List.of(
            "Mozilla/5.0 (",
            "Windows NT 10.0",
            "; ",
            ")",
            " ",
            "/",
            "-",
            "_",
            ".",
            "12",
            "/12.3",
            "/1.2.3.4",
            " 4.5.6",
            "Linux; Android 12",
            "iPhone; CPU iPhone OS 16_1 like Mac OS X",
            "AppleWebKit/537.36",
            "Mobile/15E148",
            "Chrome/118.0.0.0",
            "Version/16.1",
            "Mobile",
            "Safari/604.1",
            "Gecko/20100101",
            "Firefox/115.0",
            "compatible");

    /** As uap-java reads it: family and major version, or null. */
    static @Nullable String browserByUapJava(String userAgent) {
        UserAgent browser = UAP_JAVA.parseUserAgent(userAgent);
        return browser == null || "Other".equals(browser.family) ? null : browser.family + " " + browser.major;
    }

    static @Nullable String systemByUapJava(String userAgent) {
        OS system = UAP_JAVA.parseOS(userAgent);
        return system == null || "Other".equals(system.family) ? null : system.family;
    }

    static @Nullable String browser(String userAgent) {
        AgentRules.Named named = BROWSERS.first(userAgent);
        return named == null
                ? null
                : text(named.name()) + " " + (named.version() == null ? null : text(named.version()));
    }

    static @Nullable String system(String userAgent) {
        AgentRules.Named named = SYSTEMS.first(userAgent);
        return named == null ? null : text(named.name());
    }

    private static String text(@Nullable Value value) {
        return ((Value.Text) Objects.requireNonNull(value)).text();
    }

    @Test
    @SuppressWarnings("unchecked")
    void theFileIsReadAsTheYamlThatItIs() throws IOException {
        try (InputStream stream = Objects.requireNonNull(Parser.class.getResourceAsStream("/ua_parser/regexes.yaml"))) {
            Map<String, List<Map<String, String>>> file =
                    (Map<String, List<Map<String, String>>>) new Load(LoadSettings.builder()
                                    .setCodePointLimit(Integer.MAX_VALUE)
                                    .build())
                            .loadFromInputStream(stream);
            List<UapCoreRules.Rule> browsers =
                    rules(file, "user_agent_parsers", "family_replacement", "v1_replacement");
            assertTrue(browsers.size() > 300);
            assertEquals(browsers, UapCoreRules.read("user_agent_parsers:", "family_replacement", "v1_replacement"));
            assertEquals(
                    rules(file, "os_parsers", "os_replacement", "os_v1_replacement"),
                    UapCoreRules.read("os_parsers:", "os_replacement", "os_v1_replacement"));
        }
    }

    private static List<UapCoreRules.Rule> rules(
            Map<String, List<Map<String, String>>> file, String section, String family, String version) {
        return Objects.requireNonNull(file.get(section)).stream()
                .map(rule -> new UapCoreRules.Rule(
                        Objects.requireNonNull(rule.get("regex")), rule.get(family), rule.get(version)))
                .toList();
    }

    @Test
    void examplesAndGeneratedUserAgentsAreReadAsUapJavaReadsThem() {
        AgentRuleFile own = AgentRuleFile.read(AgentRuleFile.shippedText());
        List<String> userAgents = new ArrayList<>();
        Stream.concat(own.browsers().stream(), own.systems().stream()).forEach(rule -> Stream.concat(
                        rule.found().stream(), rule.left().stream())
                .forEach(example -> userAgents.add(example.replace("{{", "").replace("}}", ""))));
        userAgents.addAll(generated(3_000));
        int known = 0;
        for (String userAgent : userAgents) {
            assertEquals(browserByUapJava(userAgent), other(browser(userAgent)), userAgent);
            assertEquals(systemByUapJava(userAgent), other(system(userAgent)), userAgent);
            known += browser(userAgent) == null ? 0 : 1;
        }
        assertTrue(known > userAgents.size() / 2, "too little is known to say anything: " + known);
    }

    static @Nullable String other(@Nullable String read) {
        return read == null || read.startsWith("Other") ? null : read;
    }

    /** Made of the words that stand in the rules, and of what stands around them in user agents. */
    private static List<String> generated(int count) {
        Pattern word = Pattern.compile("[A-Za-z][A-Za-z ]{2,}");
        List<String> words = Stream.of("user_agent_parsers:", "os_parsers:")
                .flatMap(section -> UapCoreRules.read(section, "", "").stream())
                .flatMap(rule -> word.matcher(rule.regex()).results().map(result -> result.group()))
                .toList();
        Random random = new Random(20240110);
        List<String> userAgents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder userAgent = new StringBuilder(random.nextInt(3) == 0 ? "" : "Mozilla/5.0 (");
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                List<String> from = random.nextInt(3) == 0 ? words : PIECES;
                userAgent.append(from.get(random.nextInt(from.size())));
                userAgent.append(random.nextInt(4) == 0 ? " " : "");
            }
            userAgents.add(userAgent.toString());
        }
        return userAgents;
    }

    @Test
    void literalsThatEachMatchHolds() {
        required("abc", "abc");
        required("(Abc|defg)/(\\d+)", "abc", "defg");
        required("^(abc).{0,20}; (?:longer|alsolong)\\b", "longer", "alsolong");
        required("abcd?e", "abc");
        required("ab+cdef", "cdef");
        required("abcdx{0,2}efg", "abcd");
        required("[Bb]lack\\.berry", "black.berry");
        required("[bc]lack", "lack");
        required("abc(?:defghi|)", "abc");
        required("abc(?:defghi)*", "abc");
    }

    @Test
    void whatRequiresNothingThatIsKnownIsAlwaysTried() {
        required("ab");
        required("(abc|d)");
        required("(?:abc)?");
        required("abc|[0-9]+");
        required("\\d+\\.\\d+");
        required("(?i)abc");
        required("(?=abc)abc");
        required("[abc]{3}");
        required("äöü");
    }

    private static void required(String regex, String... literals) {
        assertEquals(literals.length == 0 ? null : Arrays.asList(literals), RequiredLiterals.of(regex), regex);
    }
}
