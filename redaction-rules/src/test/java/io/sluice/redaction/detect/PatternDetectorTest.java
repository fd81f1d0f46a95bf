package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pattern behind its triggers finds what the engine alone finds over the whole text. */
class PatternDetectorTest {
    private static final List<String> PATTERNS = List.of(
            "\\bM-[0-9]{5}\\b",
            "[0-9]{3}-?[0-9]{3}",
            "(?i)club[ -]?card",
            "[A-Z]{2}[0-9]{2,4}",
            "ab|cd[0-9]",
            "x[^y]*y",
            "\\bfoo(bar)?\\b",
            "[a-c]+[0-9]",
            "^start",
            "end$",
            "\\d\\d:\\d\\d",
            "(a|b|c){3}",
            "\\Qa.b\\E",
            "[[:digit:]]{4}",
            "\\x41{2}",
            "é[a-z]",
            "\\pL{4}",
            "\\B12",
            "(?:1|22|333)x",
            "a.c",
            "(?s)a.b",
            "k",
            "[^a]b",
            "-{2,}x?",
            "(?:[0-9]{2} ){2}[0-9]{2}",
            "[\\w.]+@x");

    static PatternDetector detector(String name, String pattern) {
        return new PatternDetector(new PatternDefinition(
                name,
                DataCategory.CLIENT_INFORMATION,
                "",
                pattern,
                0,
                null,
                List.of(),
                1,
                List.of(),
                List.of(),
                List.of(),
                "",
                1));
    }

    @Test
    void findsWhatTheEngineFinds() {
        Random random = new Random(3);
        for (String pattern : PATTERNS) {
            TextScanner scanner = TextScanner.of(List.of(detector("p", pattern)));
            Pattern compiled = Pattern.compile(pattern);
            for (int i = 0; i < 3_000; i++) {
                String text = text(random);
                List<String> expected = new ArrayList<>();
                Matcher matcher = compiled.matcher(text);
                while (matcher.find()) {
                    expected.add(matcher.start() + "-" + matcher.end());
                }
                List<String> found = scanner.scan(text).stream()
                        .map(f -> f.start() + "-" + f.end())
                        .toList();
                assertEquals(expected, found, pattern + " in " + text);
            }
        }
    }

    private static String text(Random random) {
        String[] parts = {
            "M-12345",
            "123-456",
            "123456",
            "club card",
            "CLUBCARD",
            "AB12",
            "cd1",
            "xaaay",
            "foobar",
            "foo",
            "abc1",
            "start",
            "end",
            "12:34",
            "a.b",
            "AA",
            "ébc",
            "Ünïcode",
            "333x",
            "--x",
            "11 22 33",
            "a@x",
            " ",
            " ",
            "-",
            "1",
            "b",
            "a",
            "c",
            "k",
            "\u212A",
            "\n"
        };
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    /** What looks cheaply before the engine runs lets every match through, wherever the trigger lies in it. */
    @Test
    void theGuardAllowsWhatMatchesAndLittleElse() {
        assertAllows("\\b[A-Z]{2}[0-9]{6}\\b", "x AB123456 y", 2, true);
        assertAllows("\\b[A-Z]{2}[0-9]{6}\\b", "x 1B123456 y", 2, false);
        assertAllows("\\b[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{4}\\b", "at 12:00:0012", 3, true);
        assertAllows("\\b[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{4}\\b", "at 12:00:00 +", 3, false);
        assertAllows("\\b[0-9]{4}-?[0-9]{4}\\b", "at 12345678", 3, true);
        assertAllows("\\b[0-9]{4}-?[0-9]{4}\\b", "at 912345678", 4, false);
        assertAllows("\\b[0-9]{4}-?[0-9]{4}\\b", "at 1234", 3, false);
        assertAllows("é[a-z]{3}", "éabc", 0, true);
    }

    private static void assertAllows(String pattern, String text, int start, boolean allowed) {
        PatternDetector detector = detector("p", pattern);
        Guard guard = java.util.Objects.requireNonNull(Guard.of(detector, false));
        assertEquals(
                allowed,
                guard.allows(new Text(text), start + detector.patternTriggers().lead()),
                pattern + " in " + text);
    }

    /** The whole budget of RE2/J's work is bounded: a text that would need more is dropped from there on. */
    @Test
    void aPatternThatNeedsTooMuchWorkDropsTheRest() {
        TextScanner scanner = TextScanner.of(List.of(detector("p", "a(.*z)?")));
        String text = "a ".repeat(32 * 1024);
        List<Finding> findings = scanner.scan(text);
        assertEquals(text.length(), findings.get(findings.size() - 1).end());
        assertTrue(findings.size() < 20_000);
    }
}
