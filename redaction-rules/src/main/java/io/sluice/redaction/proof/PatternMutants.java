package io.sluice.redaction.proof;

import io.sluice.redaction.detect.PatternDefinition;
import io.sluice.redaction.detect.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pattern with a little less or more in it: an example must notice each change. */
final class PatternMutants {
    private static final int FARTHER = 8;
    private static final String BORDER = "\\b";

    private final PatternDefinition definition;
    private final Map<String, PatternDefinition> mutants = new LinkedHashMap<>();

    private PatternMutants(PatternDefinition definition) {
        this.definition = definition;
    }

    /** The mutants by what was changed. */
    static Map<String, PatternDefinition> of(PatternDefinition definition) {
        PatternMutants made = new PatternMutants(definition);
        made.checks();
        made.pattern();
        return made.mutants;
    }

    private void checks() {
        PatternDefinition d = definition;
        if (d.validator() != null) {
            mutants.put("without its validator", with(d.pattern(), null, d.words(), d.distance(), d.exclude()));
        }
        if (!d.words().isEmpty()) {
            mutants.put("without its context", with(d.pattern(), d.validator(), List.of(), d.distance(), d.exclude()));
            mutants.put(
                    "with its context " + FARTHER + " times as far",
                    with(d.pattern(), d.validator(), d.words(), d.distance() * FARTHER, d.exclude()));
            mutants.put("with its context beside it", with(d.pattern(), d.validator(), d.words(), 1, d.exclude()));
        }
        for (int i = 0; i < d.exclude().size(); i++) {
            mutants.put(
                    "without its exclusion " + (i + 1),
                    with(d.pattern(), d.validator(), d.words(), d.distance(), without(d.exclude(), i)));
        }
    }

    private void pattern() {
        if (definition.pattern().contains(BORDER)) {
            mutants.put("without its borders", with(definition.pattern().replace(BORDER, "")));
        }
        List<String> alternatives = alternatives(definition.pattern());
        for (int i = 0; alternatives.size() > 1 && i < alternatives.size(); i++) {
            mutants.put("without its alternative " + (i + 1), with(String.join("|", without(alternatives, i))));
        }
    }

    /** The parts of a pattern between the bars that stand in no group and no class. */
    static List<String> alternatives(String pattern) {
        List<String> alternatives = new ArrayList<>();
        int depth = 0;
        boolean inClass = false;
        int from = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == '|' && depth == 0) {
                alternatives.add(pattern.substring(from, i));
                from = i + 1;
            }
        }
        alternatives.add(pattern.substring(from));
        return alternatives;
    }

    private static List<String> without(List<String> all, int i) {
        List<String> fewer = new ArrayList<>(all);
        fewer.remove(i);
        return fewer;
    }

    private PatternDefinition with(String pattern) {
        return with(pattern, definition.validator(), definition.words(), definition.distance(), definition.exclude());
    }

    private PatternDefinition with(
            String pattern, @Nullable Validator validator, List<String> words, int distance, List<String> exclude) {
        return new PatternDefinition(
                definition.name(),
                definition.category(),
                definition.because(),
                pattern,
                definition.group(),
                validator,
                words,
                distance,
                exclude,
                definition.found(),
                definition.left(),
                definition.file(),
                definition.line());
    }
}
