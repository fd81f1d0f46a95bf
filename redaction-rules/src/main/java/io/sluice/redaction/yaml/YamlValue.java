package io.sluice.redaction.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One value of a YAML 1.2 file and its place.
 *
 * <p>Its accessors never throw on a wrong shape: they report it to {@link Problems} and go on with what is left, so that
 * one reading finds all problems. Aliases are limited by the parser, so a small file stays small.
 */
public final class YamlValue {
    private final String file;
    private final Node node;
    private final Problems problems;

    private YamlValue(String file, Node node, Problems problems) {
        this.file = file;
        this.node = node;
        this.problems = problems;
    }

    /** The root of a file, or null if it is empty or no YAML, which is then reported. */
    public static @Nullable YamlValue read(String file, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(new Problem(file, 1, 1, "the file is empty", null));
                return null;
            }
            return new YamlValue(file, root.get(), problems);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            problems.add(new Problem(file, line, column, "this is no YAML: " + e.getProblem(), null));
            return null;
        } catch (YamlEngineException e) {
            problems.add(new Problem(file, 1, 1, "this is no YAML", null));
            return null;
        }
    }

    public String file() {
        return file;
    }

    /** Line, from 1. */
    public int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** Column, from 1. */
    public int column() {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }

    public Place place() {
        return new Place(file, line(), column());
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** The members in order; reports and gives none if it is no map. */
    public Map<String, YamlValue> members() {
        Map<String, YamlValue> members = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(this, "a map of names to values is needed here");
            return members;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            YamlValue value = new YamlValue(file, tuple.getValueNode(), problems);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new YamlValue(file, tuple.getKeyNode(), problems), "a name is needed here");
            } else if (members.put(key.getValue(), value) != null) {
                problems.add(new YamlValue(file, key, problems), key.getValue() + " stands here twice");
            }
        }
        return members;
    }

    /** The members, each name of which must be allowed; others are reported with the nearest allowed one. */
    public Map<String, YamlValue> members(Set<String> allowed) {
        Map<String, YamlValue> members = members();
        members.entrySet().removeIf(member -> {
            if (allowed.contains(member.getKey())) {
                return false;
            }
            problems.addUnknown(member.getValue(), "unknown key " + member.getKey(), member.getKey(), allowed);
            return true;
        });
        return members;
    }

    /** The elements; a single scalar counts as a list of one. */
    public List<YamlValue> items() {
        List<YamlValue> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                items.add(new YamlValue(file, item, problems));
            }
        } else if (node instanceof ScalarNode) {
            items.add(this);
        } else {
            problems.add(this, "a list is needed here");
        }
        return items;
    }

    /** The elements as text. */
    public List<String> texts() {
        return items().stream().map(YamlValue::text).toList();
    }

    /** The scalar as it is written; reports and gives empty text if it is none. */
    public String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problems.add(this, "a single value is needed here");
        return "";
    }

    /** The scalar as a whole number; reports and gives {@code otherwise} if it is none. */
    public long number(long otherwise) {
        String text = text();
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            problems.add(this, "a whole number is needed here, not " + text);
            return otherwise;
        }
    }

    /** The scalar as true or false; reports and gives false if it is neither. */
    public boolean flag() {
        String text = text();
        if (!text.equals("true") && !text.equals("false")) {
            problems.add(this, "true or false is needed here, not " + text);
        }
        return text.equals("true");
    }
}
