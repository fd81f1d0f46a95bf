package io.sluice.tests.scanning;

import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.PatternDetector;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The shipped detectors on {@code java.util.regex}, one pattern after another over the whole text: the pattern detectors
 * as they are, those written in code as {@code java-regex-twin.yaml} has them, which says how that is kept fair.
 *
 * <p>Its matchers are made once and reset for each text, which is the fastest way to use that engine. Not thread-safe.
 */
final class RegexTwin {
    private final List<Rule> rules;

    private RegexTwin(List<Rule> rules) {
        this.rules = rules;
    }

    /** A pattern and whose it is. */
    private record Rule(String detector, DataCategory category, Matcher matcher) {}

    /**
     * One entry of the file.
     *
     * @param detector the name of the detector that it is the twin of
     * @param found texts; what is to be found, at least, stands between <code>{{</code> and <code>}}</code>
     */
    record Entry(String detector, List<String> patterns, List<String> found) {}

    /** The twin of all shipped detectors. */
    static RegexTwin ofShipped() {
        List<Entry> entries = entries();
        List<Rule> rules = new ArrayList<>();
        for (Detector detector : Detectors.shipped()) {
            List<String> patterns = detector instanceof PatternDetector written
                    ? List.of(written.definition().pattern())
                    : entries.stream()
                            .filter(entry -> entry.detector().equals(detector.name()))
                            .flatMap(entry -> entry.patterns().stream())
                            .toList();
            patterns.forEach(pattern -> rules.add(new Rule(
                    detector.name(),
                    detector.category(),
                    Pattern.compile(pattern).matcher(""))));
        }
        return new RegexTwin(List.copyOf(rules));
    }

    /** What the file says of the detectors written in code. */
    static List<Entry> entries() {
        try (InputStream file = RegexTwin.class.getResourceAsStream("java-regex-twin.yaml")) {
            Object list = new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(file));
            return ((List<?>) list).stream().map(RegexTwin::entry).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Entry entry(Object node) {
        Map<?, ?> keys = (Map<?, ?>) node;
        return new Entry((String) keys.get("detector"), strings(keys.get("patterns")), strings(keys.get("found")));
    }

    private static List<String> strings(Object node) {
        return ((List<?>) node).stream().map(String.class::cast).toList();
    }

    /** All matches of all patterns, pattern by pattern; they may overlap. */
    List<Finding> find(String text) {
        List<Finding> found = new ArrayList<>();
        for (Rule rule : rules) {
            Matcher matcher = rule.matcher().reset(text);
            while (matcher.find()) {
                found.add(new Finding(rule.detector(), rule.category(), matcher.start(), matcher.end()));
            }
        }
        return found;
    }

    /** How many patterns it runs over each text. */
    int size() {
        return rules.size();
    }
}
