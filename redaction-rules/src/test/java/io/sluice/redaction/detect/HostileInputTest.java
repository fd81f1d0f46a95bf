package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No detector does more than linear work, counted as characters read, on texts made to hurt it. */
class HostileInputTest {
    private static final int SIZE = 64 * 1024;
    /** Far above what honest work needs, far below what 64 KiB squared would. */
    private static final long READS_PER_CHARACTER = 1_500;

    private static final List<String> PIECES = List.of(
            "a.a.a@",
            "a@",
            "@",
            "\"a\"@",
            "a@b.",
            "1",
            "12 ",
            "22 22 22 22 22 ",
            "1 ",
            "+1 ",
            "4111 ",
            "4111-1111-",
            "(((",
            "1.1.",
            "1.1.1.",
            ":",
            "::",
            "a:",
            "1:2:3:",
            "ab:cd:",
            "00-11-",
            "%40",
            "%",
            "%2540",
            "&#64;",
            "&#",
            "\\u0040",
            "\\\"",
            "\\",
            "\uFF20",
            "\u200B",
            "QUFB",
            "amFuZUBleGFtcGxlLmNvbQ",
            "/",
            "eyJ",
            "eyJ.",
            "eyJhbGciOiJIUzI1NiJ9.",
            "-----BEGIN ",
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----END ",
            "://",
            "://a",
            "://a@",
            "password=",
            "password:",
            "password\"",
            "\"password\":\"",
            "password=\"<email>",
            "token:",
            "tokentoken",
            "pass ",
            "secret: a ",
            "sid=",
            "session: a ",
            "cookie: a; ",
            "Cookie: a=b; ",
            "bearer ",
            "authorization: ",
            "Authorization: Basic ",
            "user ",
            "user:",
            "user '",
            "for user ",
            "name=",
            "name: A ",
            "Mr. A ",
            "A",
            "A B ",
            "dob ",
            "dob 1",
            "born jan ",
            "ohip ",
            "ohip a-",
            "ohip 1-",
            "account number 1 ",
            "interac a",
            "K1A 0B1 ",
            "K1A0B1",
            "zip ",
            "sin 130692544 ",
            "130-692-544-",
            "ssn ",
            "123-45-",
            "GB33",
            "GB33 ",
            "AA00",
            "tok_",
            "tok_a_b_",
            "<email>",
            "AKIA",
            "ghp_",
            "sk-",
            "xoxb-",
            "0123abcd-0123-0123-",
            "device ",
            "imei=",
            "passport ",
            "AB123456 passport ",
            "GA1.2.",
            "fb.1.",
            "\n",
            "\uD800",
            "\u00E9",
            "user:1",
            "password>",
            "token>",
            "name=\"",
            "user=\"",
            "patient=1",
            "patient='",
            "name>",
            "://a:b@c",
            "\"authorization\":\"basic <email>",
            "{\"key\":\"username\",\"value\":\"",
            "//a:a",
            "nom: ",
            "sid=?",
            "set-cookie: ;",
            "a=b; ");

    static Stream<Arguments> detectors() {
        return Detectors.shipped().stream().map(detector -> Arguments.of(detector.name(), detector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("detectors")
    void readsEachCharacterABoundedNumberOfTimes(String name, Detector detector) {
        List<String> bad = new ArrayList<>();
        for (String piece : PIECES) {
            String text = piece.repeat(SIZE / piece.length());
            CountingText counted = new CountingText(text);
            scan(detector, counted);
            if (counted.reads > READS_PER_CHARACTER * text.length()) {
                bad.add(piece + " " + counted.reads / text.length() + " reads a character");
            }
        }
        assertTrue(bad.isEmpty(), bad::toString);
    }

    /** Twice the text is at most a little more than twice the reads: no detector is quadratic in disguise. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("detectors")
    void twiceTheTextIsTwiceTheWork(String name, Detector detector) {
        List<String> bad = new ArrayList<>();
        for (String piece : PIECES) {
            long once = reads(detector, piece.repeat(SIZE / 8 / piece.length()));
            long twice = reads(detector, piece.repeat(SIZE / 4 / piece.length()));
            if (twice > 2.3 * once + 20_000) {
                bad.add(piece + " " + once + " then " + twice);
            }
        }
        assertTrue(bad.isEmpty(), bad::toString);
    }

    /** The whole scanner, decoding included, over a mebibyte of each: it ends, and the result is stable. */
    @Test
    void aMebibyteOfEachEnds() {
        TextScanner scanner = TextScanner.of(Detectors.shipped());
        for (String piece : List.of(
                "a.a.a@", "1", "%40", "%2540", "QUFB", "amFuZUBleGFtcGxlLmNvbQ", "\uFF20", "password=\"", "22 ")) {
            String text = piece.repeat((1 << 20) / piece.length());
            int last = 0;
            for (Finding finding : scanner.scan(text)) {
                assertTrue(finding.start() >= last);
                last = finding.end();
            }
        }
    }

    /** Where nothing begins at one digit of a run, nothing begins at the next: who has seen that is not asked again. */
    @ParameterizedTest
    @ValueSource(strings = {"ca-sin", "us-ssn", "card"})
    void aRunOfDigitsIsLookedAtOnce(String name) {
        Detector detector = Detectors.shipped().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        AskedDetector asked = new AskedDetector(detector);
        scan(asked, new Text("8014729365".repeat(100)));
        assertTrue(asked.times <= 3, () -> "asked " + asked.times + " times");
    }

    /** Counts how often a detector is asked. */
    private static final class AskedDetector implements Detector {
        private final Detector asked;
        private int times;

        AskedDetector(Detector asked) {
            this.asked = asked;
        }

        @Override
        public String name() {
            return asked.name();
        }

        @Override
        public DataCategory category() {
            return asked.category();
        }

        @Override
        public Triggers triggers() {
            return asked.triggers();
        }

        @Override
        public void verify(Text text, int at, Findings into) {
            times++;
            asked.verify(text, at, into);
        }
    }

    private static long reads(Detector detector, String text) {
        CountingText counted = new CountingText(text);
        scan(detector, counted);
        return counted.reads;
    }

    /** What the scanner does, for one detector. */
    private static void scan(Detector detector, Text text) {
        List<TriggerAutomaton.Trigger> triggers = new ArrayList<>();
        detector.triggers().sequences().forEach(sequence -> triggers.add(new TriggerAutomaton.Trigger(sequence, 0)));
        TriggerAutomaton automaton = java.util.Objects.requireNonNull(TriggerAutomaton.of(triggers));
        Guard guard = Guard.of(detector, false);
        Findings into = new Findings(1);
        into.asking(0, detector);
        int state = automaton.start();
        for (int i = 0; i < text.length(); i++) {
            state = automaton.next(state, text.at(i));
            if (automaton.accepts(state)) {
                int[] outputs = automaton.outputs(state);
                for (int o = 0; o < outputs.length; o += 2) {
                    int at = i - outputs[o + 1] + 1;
                    if ((guard == null || guard.allows(text, at)) && into.asks(0, at)) {
                        detector.verify(text, at, into);
                    }
                }
            }
        }
    }

    /** Counts every character that a detector reads. */
    private static final class CountingText extends Text {
        private long reads;

        CountingText(String value) {
            super(value);
        }

        @Override
        public char at(int i) {
            reads++;
            return super.at(i);
        }

        @Override
        public String part(int start, int end) {
            reads += end - start;
            return super.part(start, end);
        }
    }
}
