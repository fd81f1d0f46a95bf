package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of pattern detectors: what is refused, where and why, and what runs. */
class PatternReaderTest {
    private static String file(String pattern) {
        return """
                detectors:
                  - name: member-number
                    category: client-information
                    because: The member number of a fictitious club.
                    pattern: '%s'
                    examples:
                      found: ['member {{M-12345}} came']
                      left: ['member M-1234']
                """
                .formatted(pattern);
    }

    @Test
    void aCorrectFileGivesItsDetectors() {
        PatternReader reader = new PatternReader().read("club.yaml", file("\\bM-[0-9]{5}\\b"));
        assertEquals(List.of(), reader.problems());
        TextScanner scanner = TextScanner.of(List.copyOf(reader.detectors()));
        assertEquals("x <client-information>, <client-information>", scanner.replace("x M-12345, M-00000"));
        assertEquals("M-123456 and XM-12345", scanner.replace("M-123456 and XM-12345"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(?=M)M-[0-9]{5}; cannot run in linear time",
                "(M)-[0-9]{5}\\1; cannot run in linear time",
                "M-[0-9; cannot run in linear time",
                "M-[0-9]{5}++; cannot run in linear time",
                "(M-[0-9]{5})?; matches the empty text",
                "(M-[0-9]{1,40}){1,9}; of which there may be 150",
                "M-[0-9]{3}; another place",
                "N-[0-9]{5}; is not found",
                "M-[0-9]+; found and should be left alone",
            })
    void aPatternThatIsWrongIsRefusedWithItsPlace(String pattern, String reason) {
        PatternReader reader = new PatternReader().read("club.yaml", file(pattern));
        assertTrue(reader.detectors().isEmpty());
        PatternProblem problem = reader.problems().get(0);
        assertEquals("club.yaml", problem.file());
        assertTrue(problem.message().contains(reason), problem.toString());
        int line = Stream.of("linear", "empty", "may be").anyMatch(reason::contains)
                ? 5
                : reason.contains("left alone") ? 8 : 7;
        assertEquals(line, problem.line());
        assertEquals(line == 5 ? 14 : line == 8 ? 14 : 15, problem.column());
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        PatternReader reader = new PatternReader()
                .read(
                        "bad.yaml",
                        """
                        detectors:
                          - name: Bad_Name
                            category: nonsense
                            patern: 'x'
                            validator: sha
                            context: {words: [a], distance: 9999}
                          - text
                        """);
        List<String> messages =
                reader.problems().stream().map(PatternProblem::toString).toList();
        assertTrue(
                messages.stream().anyMatch(m -> m.contains("bad.yaml:4:5") && m.contains("patern")),
                messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("no category \"nonsense\"")), messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("no validator")), messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("from 1 to 500")), messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("Bad_Name")), messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("needs \"pattern\"")), messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("needs examples")), messages::toString);
        assertTrue(messages.stream().anyMatch(m -> m.contains("bad.yaml:7:5")), messages::toString);
    }

    @Test
    void brokenYamlIsOneProblemWithItsPlace() {
        PatternReader reader = new PatternReader().read("broken.yaml", "detectors:\n  - name: [x\n");
        assertEquals(1, reader.problems().size());
        assertEquals(3, reader.problems().get(0).line());
    }

    @Test
    void aNameTakenTwiceIsRefused() {
        String yaml = file("\\bM-[0-9]{5}\\b");
        PatternReader reader = new PatternReader().read("a.yaml", yaml).read("b.yaml", yaml);
        assertEquals(1, reader.detectors().size());
        assertTrue(reader.problems().get(0).message().contains("taken at a.yaml:2"));
    }

    @Test
    void contextValidatorAndExclusionDecide() {
        String yaml =
                """
                detectors:
                  - name: club-card
                    category: payment-reference
                    because: A fictitious club card.
                    pattern: '\\b[0-9]{4}-[0-9]{4}\\b'
                    validator: luhn
                    context: {words: [club card, carte], distance: 12}
                    exclude: ['0000-.*']
                    examples:
                      found:
                        - 'club card {{1234-5674}}'
                        - '{{1234-5674}} is a carte'
                      left:
                        - 'club card 1234-5675'
                        - '1234-5674 alone'
                        - 'club card, much farther away than that: 1234-5674'
                        - 'club card 0000-0000'
                        - 'my clubcard 1234-5674'
                """;
        PatternReader reader = new PatternReader().read("club.yaml", yaml);
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void theShippedFilesHoldTheirExamples() {
        List<PatternDetector> shipped = Detectors.patterns();
        assertEquals(8, shipped.size());
        for (PatternDetector detector : shipped) {
            assertEquals(List.of(), detector.definition().failingExamples());
        }
    }
}
