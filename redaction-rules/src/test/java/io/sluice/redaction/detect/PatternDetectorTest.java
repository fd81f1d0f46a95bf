package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
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
            for (int i = 0; i < 3_000; i++) {
                assertFindsWhatTheEngineFinds(scanner, pattern, text(random));
            }
        }
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c >= ' ' && c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
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

    /** To the engine a character beyond the basic plane is one, to Java's strings it is two units. */
    @Test
    void aCharacterBeyondTheBasicPlaneIsOne() {
        assertFindsWhatTheEngineFinds("a.{2}b", "xa\uD83D\uDE00xb a\uD83D\uDE00\uD840\uDC00b axxb");
        assertFindsWhatTheEngineFinds("[^x]{2}-b", "ab\uD83D\uDE00\uD83D\uDE00-b");
        assertFindsWhatTheEngineFinds("\\W9", "\uD83D\uDE009");
        assertFindsWhatTheEngineFinds("\uD83D\uDE00+b", "\uD83D\uDE00\uD83D\uDE00b");
        assertFindsWhatTheEngineFinds("[a\uD83D\uDE00-\uD83D\uDE05]12", "\uD83D\uDE0212");
        assertFindsWhatTheEngineFinds("(?i)\\Q\uD801\uDC00\\Ebc", "\uD801\uDC28bc");
        assertFindsWhatTheEngineFinds("\\Qab\\E+cd", "abbbcd");
        assertFindsWhatTheEngineFinds("(?i)\u212Aey", "key");
    }

    /** Of several matches that begin and end at different places the leftmost counts, whichever trigger is seen first. */
    @Test
    void theLeftmostMatchCounts() {
        assertFindsWhatTheEngineFinds("[0-9]{2,3}x", "123x");
        assertFindsWhatTheEngineFinds("abcdef|cd", "abcdef");
        assertFindsWhatTheEngineFinds("[a-z]?[a-z]?x12|cx", "abx12");
        // Of the second branch the automaton looks for a part.
        assertFindsWhatTheEngineFinds("abcdeQ1Q|[QXZ][0-9][QXZ][0-9]", "abcdeQ1Q1");
    }

    /** Whatever is drawn: patterns whose parts may hold such characters, over texts that are full of them. */
    @Test
    void findsWhatTheEngineFindsBeyondTheBasicPlane() {
        Random random = new Random(11);
        int found = 0;
        for (int p = 0; p < 2_000; p++) {
            String pattern = WidePatterns.pattern(random);
            TextScanner scanner = TextScanner.of(List.of(detector("p", pattern)));
            for (int i = 0; i < 60; i++) {
                found += assertFindsWhatTheEngineFinds(scanner, pattern, WidePatterns.text(random));
            }
        }
        assertTrue(found > 10_000, "too little matches to say anything: " + found);
    }

    private static void assertFindsWhatTheEngineFinds(String pattern, String text) {
        int found = assertFindsWhatTheEngineFinds(TextScanner.of(List.of(detector("p", pattern))), pattern, text);
        assertTrue(found > 0, pattern + " does not match " + text);
    }

    /** Gives how many matches there are. */
    private static int assertFindsWhatTheEngineFinds(TextScanner scanner, String pattern, String text) {
        List<String> expected = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            expected.add(matcher.start() + "-" + matcher.end());
        }
        List<String> found =
                scanner.scan(text).stream().map(f -> f.start() + "-" + f.end()).toList();
        assertEquals(expected, found, pattern + " in " + escaped(text));
        return found.size();
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
