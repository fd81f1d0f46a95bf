package io.sluice.tests.scanning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.PatternDefinition;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.detect.TextScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The scanner and what it is measured beside look for the same: else the comparison would be of different work. */
class RegexTwinTest {
    private static final TextScanner SCANNER = TextScanner.of(Detectors.shipped());
    private static final RegexTwin TWIN = RegexTwin.ofShipped();

    /** An example without its brackets, and where they stood. */
    private record Marked(String text, int start, int end) {
        static Marked of(String example) {
            return new Marked(
                    example.replace("{{", "").replace("}}", ""), example.indexOf("{{"), example.indexOf("}}") - 2);
        }

        boolean isIn(Finding finding) {
            return finding.start() <= start && finding.end() >= end;
        }

        boolean touches(Finding finding) {
            return finding.start() < end && finding.end() > start;
        }
    }

    @Test
    void everyDetectorWrittenInCodeHasATwin() {
        Set<String> inCode = Detectors.shipped().stream()
                .filter(detector -> !(detector instanceof PatternDetector))
                .map(Detector::name)
                .collect(Collectors.toSet());
        List<String> twins =
                RegexTwin.entries().stream().map(RegexTwin.Entry::detector).toList();
        assertEquals(inCode.size(), twins.size());
        assertEquals(inCode, Set.copyOf(twins));
    }

    @Test
    void bothFindTheTwinsExamples() {
        List<String> missed = new ArrayList<>();
        for (RegexTwin.Entry entry : RegexTwin.entries()) {
            for (String example : entry.found()) {
                Marked marked = Marked.of(example);
                if (of(entry.detector(), TWIN.find(marked.text())).noneMatch(marked::isIn)) {
                    missed.add("the twin: " + example);
                }
                if (of(entry.detector(), SCANNER.scan(marked.text())).noneMatch(marked::touches)) {
                    missed.add("the scanner: " + example);
                }
            }
        }
        assertEquals(List.of(), missed);
    }

    /** Those of the detectors by pattern: the patterns mean the same to both engines. */
    @Test
    void bothFindWhatThePatternsSayIsFound() {
        List<String> missed = new ArrayList<>();
        for (Detector detector : Detectors.shipped()) {
            if (detector instanceof PatternDetector pattern) {
                for (PatternDefinition.Example example : pattern.definition().found()) {
                    Marked marked = Marked.of(example.text());
                    if (of(detector.name(), TWIN.find(marked.text())).noneMatch(marked::isIn)) {
                        missed.add("the twin: " + example.text());
                    }
                    if (SCANNER.scan(marked.text()).stream().noneMatch(marked::isIn)) {
                        missed.add("the scanner: " + example.text());
                    }
                }
            }
        }
        assertEquals(List.of(), missed);
    }

    /** On the lines that are measured: where the scanner finds an address or an e-mail, so does the twin. */
    @Test
    void bothFindTheAddressesOfTheLinesThatAreMeasured() {
        int addresses = 0;
        List<String> missed = new ArrayList<>();
        for (String line : AccessLines.of(500)) {
            List<Finding> twins = TWIN.find(line);
            for (Finding finding : SCANNER.scan(line)) {
                boolean plain =
                        finding.detector().equals("ipv4") || finding.detector().equals("ipv6");
                addresses += plain ? 1 : 0;
                if (plain && twins.stream().noneMatch(twin -> twin.start() == finding.start())) {
                    missed.add(line);
                }
            }
        }
        assertEquals(List.of(), missed);
        assertEquals(true, addresses > 400, () -> "too few addresses to say anything");
    }

    private static java.util.stream.Stream<Finding> of(String detector, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.detector().equals(detector));
    }
}
