package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each reason for which a detector does not fire is told from the others. */
class FiringTest {
    private static final PatternDetector CARD = new PatternReader()
            .read(
                    "club.yaml",
                    """
                    detectors:
                      - name: club-card
                        category: payment-reference
                        because: A fictitious club card.
                        pattern: '\\b[0-9]{4}-[0-9]{4}\\b'
                        validator: luhn
                        context: {words: [club card], distance: 12}
                        exclude: ['0000-.*']
                        examples: {found: ['club card {{1234-5674}}'], left: ['1234-5674 alone']}
                    """)
            .detectors()
            .get(0);

    private static TextScanner scanner() {
        List<Detector> all = new ArrayList<>(Detectors.shipped());
        all.add(CARD);
        return TextScanner.of(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing here                                   | NO_TRIGGER | 0  | 0",
                "club card 1234-56                              | NO_TRIGGER | 0  | 0",
                "club card 01234-56741                          | PATTERN    | 0  | 0",
                "club card 1234-5675                            | VALIDATOR  | 10 | 19",
                "at 1234-5674                                   | CONTEXT    | 3  | 12",
                "club card, and farther away than that 1234-5674 | TOO_FAR   | 38 | 47",
                "club card 0000-0000                            | EXCLUDED   | 10 | 19",
                "club card 1234-5675, club card 0000-0000       | EXCLUDED   | 31 | 40",
                "club card 1234-5674                            | FOUND      | 10 | 19",
                "password=club card 1234-5674                   | FOUND      | 19 | 28",
                "password=1234-5674 club card                   | COVERED    | 9  | 18"
            })
    void eachReasonIsToldWithItsPlace(String text, Firing.Why why, int start, int end) {
        Firing firing = Firing.of(CARD, text, scanner());
        assertEquals(why, firing.why());
        assertEquals(List.of(start, end), List.of(firing.start(), firing.end()));
    }

    @Test
    void whoCoversIsNamed() {
        assertEquals(
                "secret",
                Firing.of(CARD, "password=1234-5674 club card", scanner()).by());
    }

    @Test
    void ofADetectorInCodeItIsSaidThatItLooked() {
        Detector card = Detectors.shipped().stream()
                .filter(detector -> detector.name().equals("card"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                Firing.Why.PATTERN,
                Firing.of(card, "no 4111 1111 1111 1112", scanner()).why());
        assertEquals(
                Firing.Why.NO_TRIGGER, Firing.of(card, "no number", scanner()).why());
        assertEquals(
                Firing.Why.FOUND,
                Firing.of(card, "no 4111 1111 1111 1111", scanner()).why());
    }
}
