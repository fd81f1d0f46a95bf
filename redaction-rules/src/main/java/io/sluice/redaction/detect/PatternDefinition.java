package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about one pattern detector.
 *
 * @param name lower case with hyphens, unique over all files
 * @param because why it exists, a sentence
 * @param pattern in RE2's syntax
 * @param group which group of the pattern is the value, 0 for all of it
 * @param validator a check that the value must pass, or null
 * @param words of which one must stand near, none if it needs no context
 * @param distance how near, in UTF-16 units, before or behind
 * @param exclude patterns that the whole value must not match
 * @param found examples; what is to be found stands between <code>{{</code> and <code>}}</code>
 * @param left examples in which nothing is found
 * @param file where it is written
 * @param line where it begins, from 1
 */
public record PatternDefinition(
        String name,
        DataCategory category,
        String because,
        String pattern,
        int group,
        @Nullable Validator validator,
        List<String> words,
        int distance,
        List<String> exclude,
        List<Example> found,
        List<Example> left,
        String file,
        int line) {

    /** An example and where it stands. */
    public record Example(String text, int line, int column) {}

    /** Runs the examples: a problem for each that does not hold. */
    public List<PatternProblem> failingExamples() {
        TextScanner scanner = TextScanner.of(List.of(new PatternDetector(this)));
        List<PatternProblem> problems = new ArrayList<>();
        for (Example example : found) {
            String text = example.text().replace("{{", "").replace("}}", "");
            int start = example.text().indexOf("{{");
            int end = example.text().indexOf("}}") - 2;
            List<Finding> findings = scanner.scan(text);
            if (start < 0 || end <= start) {
                problems.add(problem(example, "has no value between {{ and }}; mark what is to be found"));
            } else if (findings.isEmpty()) {
                problems.add(
                        problem(example, "is not found; widen the pattern or its context, or correct the example"));
            } else if (findings.size() > 1
                    || findings.get(0).start() != start
                    || findings.get(0).end() != end) {
                problems.add(problem(example, "is found in another place than between {{ and }}"));
            }
        }
        for (Example example : left) {
            if (scanner.hasFinding(example.text())) {
                problems.add(problem(example, "is found and should be left alone; narrow the pattern or exclude it"));
            }
        }
        return problems;
    }

    private PatternProblem problem(Example example, String what) {
        return new PatternProblem(
                file, example.line(), example.column(), "an example of \"" + name + "\" " + what + ".");
    }
}
