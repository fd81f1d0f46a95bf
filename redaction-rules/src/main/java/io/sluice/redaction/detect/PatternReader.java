package io.sluice.redaction.detect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads files of pattern detectors and names every problem at once, each with its place.
 *
 * <p>Whatever has a problem is left out of {@link #detectors()}; who loads the files must refuse them while {@link
 * #problems()} is not empty. Not thread-safe.
 */
public final class PatternReader {
    private static final Set<String> KEYS =
            Set.of("name", "category", "because", "pattern", "group", "validator", "context", "exclude", "examples");
    private static final int LONGEST_PATTERN = 2_000;
    /**
     * The engine's work for one character grows with the steps of the pattern: with so many, 64 KiB of what hurts it most
     * take about a tenth of a second. The shipped detectors need 35 at most.
     */
    private static final int MOST_STEPS = 150;

    private static final int DEFAULT_DISTANCE = 40;
    private static final int MOST_DISTANCE = 500;

    private final List<PatternDefinition> definitions = new ArrayList<>();
    private final List<PatternProblem> problems = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();
    private final boolean shipped;
    private String file = "";

    /** Reads files of others: each example is run. */
    public PatternReader() {
        this(false);
    }

    private PatternReader(boolean shipped) {
        this.shipped = shipped;
    }

    /** Reads the files of this build, which has run their examples. */
    static PatternReader ofShipped() {
        return new PatternReader(true);
    }

    /** Reads one more file. */
    public PatternReader read(String fileName, String yaml) {
        file = fileName;
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(fileName)
                            .setUseMarks(true)
                            .build())
                    .composeReader(new StringReader(yaml));
            root.ifPresent(this::root);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            add(mark, "this is no valid YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            add(Optional.empty(), "this is no valid YAML.");
        }
        return this;
    }

    /** The detectors of all files read, without those that have a problem. */
    public List<PatternDetector> detectors() {
        return definitions.stream().map(PatternDetector::new).toList();
    }

    /** All problems of all files read, in their order. */
    public List<PatternProblem> problems() {
        return List.copyOf(problems);
    }

    private void add(Optional<Mark> mark, String message) {
        problems.add(new PatternProblem(
                file,
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1),
                message));
    }

    private void add(Node at, String message) {
        add(at.getStartMark(), message);
    }

    private void root(Node root) {
        Map<String, Node> keys = members(root, Set.of("detectors"), "a file of detectors");
        Node list = keys.get("detectors");
        if (list instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::detector);
        } else {
            add(list == null ? root : list, "a file of detectors holds a list under \"detectors\"; write it so.");
        }
    }

    private void detector(Node node) {
        int before = problems.size();
        Map<String, Node> keys = members(node, KEYS, "a detector");
        String name = required(node, keys, "name");
        String label = required(node, keys, "category");
        String because = required(node, keys, "because");
        String pattern = required(node, keys, "pattern");
        DataCategory category = label == null ? null : category(keys, label);
        int group = number(keys.get("group"), 0, 0, 20);
        Map<String, Node> context = optional(keys.get("context"), Set.of("words", "distance"), "context");
        List<String> words = strings(context.get("words"));
        int distance = number(context.get("distance"), DEFAULT_DISTANCE, 1, MOST_DISTANCE);
        Map<String, Node> examples = optional(keys.get("examples"), Set.of("found", "left"), "examples");
        List<PatternDefinition.Example> found = examples(examples.get("found"));
        List<PatternDefinition.Example> left = examples(examples.get("left"));
        List<String> exclude = patterns(keys.get("exclude"));
        Validator validator = validator(keys.get("validator"));
        if (name != null && !name.matches("[a-z][a-z0-9-]*")) {
            add(at(keys, "name"), "the name \"" + name + "\" has other characters than a to z, 0 to 9 and hyphens.");
        }
        if (found.isEmpty() || left.isEmpty()) {
            add(node, "a detector needs examples, at least one under \"found\" and one under \"left\".");
        }
        if (pattern != null) {
            compile(at(keys, "pattern"), pattern, group);
        }
        if (name == null || category == null || because == null || pattern == null || problems.size() > before) {
            return;
        }
        String place = file + ":" + line(node);
        String other = places.putIfAbsent(name, place);
        if (other != null) {
            add(at(keys, "name"), "the name \"" + name + "\" is taken at " + other + "; choose another.");
            return;
        }
        PatternDefinition definition = new PatternDefinition(
                name,
                category,
                because,
                pattern,
                group,
                validator,
                words,
                distance,
                exclude,
                found,
                left,
                file,
                line(node));
        List<PatternProblem> failing = shipped ? List.of() : definition.failingExamples();
        problems.addAll(failing);
        if (failing.isEmpty()) {
            definitions.add(definition);
        }
    }

    /** RE2/J refuses what has no linear-time answer (back-references, look-around, possessive repeats). */
    private @Nullable Pattern compile(Node at, String pattern, int group) {
        if (pattern.length() > LONGEST_PATTERN) {
            add(at, "the pattern has more than " + LONGEST_PATTERN + " characters; split it.");
            return null;
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > MOST_STEPS) {
                add(
                        at,
                        "the pattern takes " + compiled.programSize() + " steps, of which there may be " + MOST_STEPS
                                + "; shorten its counted repeats, or split it.");
            } else if (compiled.matches("")) {
                add(at, "the pattern matches the empty text; let it require at least one character.");
            } else if (group > compiled.groupCount()) {
                add(at, "the pattern has no group " + group + "; it has " + compiled.groupCount() + ".");
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            add(
                    at,
                    "the pattern cannot run in linear time or is wrong: " + e.getDescription() + " in \""
                            + e.getPattern()
                            + "\"; write it in RE2's syntax, without look-around and back-references.");
        } catch (RuntimeException | StackOverflowError e) {
            add(at, "the pattern is too large or too deeply nested for the engine; make it simpler.");
        }
        return null;
    }

    /** The place of a key that was read before. */
    private static Node at(Map<String, Node> keys, String name) {
        return Objects.requireNonNull(keys.get(name));
    }

    private @Nullable DataCategory category(Map<String, Node> keys, String label) {
        DataCategory category = DataCategory.of(label);
        if (category == null) {
            add(
                    at(keys, "category"),
                    "there is no category \"" + label + "\"; use one of " + String.join(", ", labels()) + ".");
        }
        return category;
    }

    private static List<String> labels() {
        return List.of(DataCategory.values()).stream().map(DataCategory::label).toList();
    }

    private @Nullable Validator validator(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        String label = text(node);
        Validator validator = label == null ? null : Validator.of(label);
        if (validator == null) {
            add(
                    node,
                    "there is no validator of this name; use one of "
                            + String.join(
                                    ", ",
                                    List.of(Validator.values()).stream()
                                            .map(Validator::label)
                                            .toList()) + ".");
        }
        return validator;
    }

    private List<String> patterns(@Nullable Node node) {
        List<String> patterns = strings(node);
        if (node instanceof SequenceNode sequence) {
            for (Node each : sequence.getValue()) {
                String pattern = text(each);
                if (pattern != null) {
                    compile(each, pattern, 0);
                }
            }
        }
        return patterns;
    }

    private Map<String, Node> optional(@Nullable Node node, Set<String> known, String what) {
        return node == null ? Map.of() : members(node, known, "\"" + what + "\"");
    }

    private Map<String, Node> members(Node node, Set<String> known, String what) {
        Map<String, Node> members = new HashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            add(node, what + " is written as keys and values.");
            return members;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (key == null || !known.contains(key)) {
                add(
                        tuple.getKeyNode(),
                        what + " has no key \"" + key + "\"; it has "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            } else if (members.putIfAbsent(key, tuple.getValueNode()) != null) {
                add(tuple.getKeyNode(), "the key \"" + key + "\" stands here twice; keep one.");
            }
        }
        return members;
    }

    private @Nullable String required(Node node, Map<String, Node> keys, String key) {
        Node value = keys.get(key);
        String text = value == null ? null : text(value);
        if (text == null || text.isBlank()) {
            add(value == null ? node : value, "a detector needs \"" + key + "\", a text.");
            return null;
        }
        return text;
    }

    private List<String> strings(@Nullable Node node) {
        return examples(node).stream().map(PatternDefinition.Example::text).toList();
    }

    private List<PatternDefinition.Example> examples(@Nullable Node node) {
        List<PatternDefinition.Example> examples = new ArrayList<>();
        if (node == null) {
            return examples;
        }
        if (!(node instanceof SequenceNode sequence)) {
            add(node, "here stands a list of texts; begin each with a hyphen.");
            return examples;
        }
        for (Node each : sequence.getValue()) {
            String text = text(each);
            if (text == null) {
                add(each, "here stands a text.");
            } else {
                examples.add(new PatternDefinition.Example(text, line(each), column(each)));
            }
        }
        return examples;
    }

    private int number(@Nullable Node node, int otherwise, int least, int most) {
        if (node == null) {
            return otherwise;
        }
        try {
            String text = text(node);
            int number = text == null ? -1 : Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        add(node, "here stands a whole number from " + least + " to " + most + ".");
        return otherwise;
    }

    private static @Nullable String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }
}
