package io.sluice.redaction.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a detector found something in a text, or what kept it from it. Holds places and no text.
 *
 * @param why how it went, the farthest that any part of the text came
 * @param start where that part begins, in UTF-16 units; of {@link Why#NO_TRIGGER} and {@link Why#PATTERN} 0
 * @param end where it ends
 * @param by of {@link Why#COVERED} the detector whose finding stands there, else empty
 */
public record Firing(Why why, int start, int end, String by) {
    /** How far a detector came, from the first step to the last. */
    public enum Why {
        /** Nothing stands in the text that makes the detector look. */
        NO_TRIGGER("no trigger: nothing in the text makes it look"),
        /** It looked, and what stands there has not the form; of a detector in code, or does not pass its checks. */
        PATTERN("pattern: it looked, and what stands there does not match"),
        /** The pattern matches, the checksum does not hold. */
        VALIDATOR("validator: the pattern matches, the check does not hold"),
        /** None of the context words stands in the text. */
        CONTEXT("context: none of its words stands in the text"),
        /** A context word stands in the text, farther away than allowed. */
        TOO_FAR("too far: a word of its context stands there, but farther away than its distance"),
        /** The value is excluded. */
        EXCLUDED("excluded: the value matches one of its exclusions"),
        /** It would find it, but a finding that goes before it covers the place. */
        COVERED("already covered: a finding that goes before it stands there"),
        /** It found something. */
        FOUND("found");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }

        /** The reason for a person. */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * Why {@code detector} found something in {@code text} or did not.
     *
     * @param scanner the scanner that it is part of, which decides who covers whom
     */
    public static Firing of(Detector detector, String text, TextScanner scanner) {
        List<Finding> alone = TextScanner.of(List.of(detector)).scan(text);
        if (!alone.isEmpty()) {
            return amongOthers(detector, alone.get(0), scanner.scan(text));
        }
        if (!isTriggered(detector, text)) {
            return new Firing(Why.NO_TRIGGER, 0, 0, "");
        }
        return detector instanceof PatternDetector pattern
                ? farthest(pattern.definition(), text)
                : new Firing(Why.PATTERN, 0, 0, "");
    }

    private static Firing amongOthers(Detector detector, Finding own, List<Finding> resolved) {
        for (Finding finding : resolved) {
            if (finding.detector().equals(detector.name())) {
                return new Firing(Why.FOUND, finding.start(), finding.end(), "");
            }
        }
        for (Finding finding : resolved) {
            if (finding.start() < own.end() && own.start() < finding.end()) {
                return new Firing(Why.COVERED, own.start(), own.end(), finding.detector());
            }
        }
        return new Firing(Why.COVERED, own.start(), own.end(), "");
    }

    private static boolean isTriggered(Detector detector, String text) {
        List<TriggerAutomaton.Trigger> triggers = new ArrayList<>();
        detector.triggers().sequences().forEach(sequence -> triggers.add(new TriggerAutomaton.Trigger(sequence, 0)));
        TriggerAutomaton automaton = TriggerAutomaton.of(triggers);
        if (automaton == null) {
            // Too many to compile alone; then they stand nearly everywhere.
            return true;
        }
        int state = automaton.start();
        for (int i = 0; i < text.length(); i++) {
            state = automaton.next(state, text.charAt(i));
            if (automaton.accepts(state)) {
                return true;
            }
        }
        return false;
    }

    /** The match that passes most of the checks, in the order in which they are made. */
    private static Firing farthest(PatternDefinition definition, String text) {
        Firing best = new Firing(Why.PATTERN, 0, 0, "");
        Matcher matcher = Pattern.compile(definition.pattern()).matcher(text);
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            int start = matcher.start(definition.group());
            int end = matcher.end(definition.group());
            if (start >= 0 && end > start) {
                Why why = stoppedBy(definition, text, start, end);
                if (why.compareTo(best.why()) > 0) {
                    best = new Firing(why, start, end, "");
                }
            }
            from = Math.max(matcher.end(), matcher.start() + 1);
        }
        return best;
    }

    private static Why stoppedBy(PatternDefinition definition, String text, int start, int end) {
        String value = text.substring(start, end);
        if (definition.validator() != null && !definition.validator().test(value)) {
            return Why.VALIDATOR;
        }
        if (!definition.words().isEmpty()) {
            Words words = Words.of(definition.words().toArray(String[]::new));
            Text whole = new Text(text);
            boolean near = words.before(whole, start, definition.distance())
                    || words.within(whole, end, end + definition.distance());
            if (!near) {
                return words.within(whole, 0, text.length()) ? Why.TOO_FAR : Why.CONTEXT;
            }
        }
        boolean excluded = definition.exclude().stream()
                .anyMatch(exclusion -> Pattern.compile(exclusion).matches(value));
        return excluded ? Why.EXCLUDED : Why.PATTERN;
    }
}
