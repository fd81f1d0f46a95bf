package io.sluice.infra.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.infra.process.PrivateFile;
import io.sluice.infra.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that says what runs where, for the other verbs and for the next {@code up}.
 *
 * <pre>
 * {"server": "http://127.0.0.1:8480/", "collector": "http://127.0.0.1:8483/", "kafka": "127.0.0.1:9092",
 *  "elasticsearch": "http://127.0.0.1:9200",
 *  "flink": {"boundary": "http://127.0.0.1:8481", "index": "…"}, "passwords": "passwords.json",
 *  "processes": [{"name": "kafka", "pid": 4711, "started": "2024-01-10T12:00:00Z"}, …]}
 * </pre>
 *
 * <p>It is written anew whenever a process starts, and gone after a clean stop: what it names after that, a killed
 * {@code up} left behind. Thread-safe.
 */
final class Endpoints {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, List<ProcessMark>> processes = new LinkedHashMap<>();

    Endpoints(Path file) {
        this.file = file;
    }

    /** What an {@code up} that was killed left running. */
    static List<ProcessMark> leftBehind(Path file) throws IOException {
        List<ProcessMark> marks = new ArrayList<>();
        if (Files.exists(file)) {
            for (JsonNode process : JSON.readTree(Files.readAllBytes(file)).path("processes")) {
                marks.add(new ProcessMark(
                        process.path("name").asText(),
                        process.path("pid").asLong(),
                        time(process.path("started").asText())));
            }
        }
        return marks;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            // No process started then: nothing will be ended for this entry.
            return Instant.EPOCH;
        }
    }

    /** Notes an address under a name; a dot stands for a level, such as {@code flink.boundary}. */
    synchronized void address(String name, String address) throws IOException {
        addresses.put(name, address);
        write();
    }

    /** Notes which processes something consists of now. */
    synchronized void running(String name, List<ProcessMark> marks) throws IOException {
        processes.put(name, List.copyOf(marks));
        write();
    }

    private void write() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        addresses.forEach((name, address) -> {
            int dot = name.indexOf('.');
            ObjectNode at = dot < 0 ? root : root.withObjectProperty(name.substring(0, dot));
            at.put(name.substring(dot + 1), address);
        });
        root.put("passwords", "passwords.json");
        ArrayNode list = root.putArray("processes");
        processes.values().stream().flatMap(List::stream).forEach(mark -> list.addObject()
                .put("name", mark.name())
                .put("pid", mark.pid())
                .put("started", mark.startedAt().toString()));
        PrivateFile.write(file, root.toPrettyString() + "\n");
    }

    /** All is stopped. */
    synchronized void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
