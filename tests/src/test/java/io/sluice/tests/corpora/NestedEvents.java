package io.sluice.tests.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Nested events of others as the properties of our own usage events, and what should be left of them.
 *
 * <p>Below {@code props} alone a policy can list names that the clean event's schema does not have.
 */
final class NestedEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROPS = "props.";

    private NestedEvents() {}

    /** The objects of a file, one a line. */
    static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                events.add(JSON.readTree(line));
            }
        }
        return events;
    }

    /** The events as they are, one a line. */
    static byte[] lines(List<JsonNode> events) {
        StringBuilder lines = new StringBuilder();
        events.forEach(event -> lines.append(event).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Each event whole below {@code props} of a usage event. */
    static byte[] usageEvents(List<JsonNode> events, Function<JsonNode, String> type) {
        List<JsonNode> usage = new ArrayList<>();
        for (JsonNode event : events) {
            ObjectNode one = JSON.createObjectNode().put("type", type.apply(event));
            one.set("props", event);
            usage.add(one);
        }
        return lines(usage);
    }

    /**
     * The values of an event by the names that rules are written for: absent ones (null, empty text, a dash) left out,
     * those within arrays as one list for each name.
     */
    static Map<String, JsonNode> fields(JsonNode event) {
        Map<String, JsonNode> fields = new TreeMap<>();
        visit("props", event, false, fields);
        return fields;
    }

    private static void visit(String name, JsonNode node, boolean inArray, Map<String, JsonNode> into) {
        if (node.isObject()) {
            node.properties().forEach(member -> visit(name + "." + member.getKey(), member.getValue(), inArray, into));
        } else if (node.isArray()) {
            node.forEach(item -> visit(name, item, true, into));
        } else if (!node.isNull() && !node.asText().isEmpty() && !node.asText().equals("-")) {
            if (inArray) {
                ((ArrayNode) into.computeIfAbsent(name, unused -> JsonNodeFactory.instance.arrayNode())).add(node);
            } else {
                into.put(name, node);
            }
        }
    }

    /** The properties of a clean event. */
    static Map<String, JsonNode> properties(JsonNode clean) {
        Map<String, JsonNode> properties = new TreeMap<>();
        clean.properties().forEach(field -> {
            if (field.getKey().startsWith(PROPS)) {
                properties.put(field.getKey(), field.getValue());
            }
        });
        return properties;
    }

    /** The value, or the values of a list. */
    static List<JsonNode> values(JsonNode field) {
        List<JsonNode> values = new ArrayList<>();
        if (field.isArray()) {
            field.forEach(values::add);
        } else {
            values.add(field);
        }
        return values;
    }

    /** A folder for keys of their own, which the command fills. */
    static String keys(Path folder, String name) throws IOException {
        return Files.createDirectories(folder.resolve(name)).toString();
    }

    /** The verb {@code redact} over an input. */
    static Offline redact(byte[] input, String route, String... more) {
        List<String> args = new ArrayList<>(List.of("redact", "--route", route));
        args.addAll(Arrays.asList(more));
        args.add("-");
        return Offline.run(input, args.toArray(String[]::new));
    }
}
