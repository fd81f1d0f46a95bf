package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Application logs of others through the shipped policy: nobody whom their modules find is left on any route. */
@Tag("corpora")
class ApplogCorpusTest {
    private static final Path FOLDER = Path.of(System.getProperty("sluice.corpora"), "applog-beats");
    private static final List<String> ROUTES = List.of("analytics", "security", "operations");
    /** Fields that hold our own word and never a value of the record. */
    private static final Set<String> OURS = Set.of(
            "event.id",
            "event.ingested",
            "policy.version",
            "dataset",
            "event.provider",
            "event.timeliness",
            "@timestamp");

    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+");

    @Test
    void noAddressMailOrUserIsLeft() throws IOException {
        List<String> left = new ArrayList<>();
        int objects = 0;
        int quarantined = 0;
        int values = 0;
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                Set<String> people = people(Path.of(file + "-expected.json"));
                values += people.size();
                for (String route : ROUTES) {
                    Offline run =
                            Offline.run(new byte[0], "redact", "--zone", "-02:00", "--route", route, file.toString());
                    assertEquals(0, run.exit(), run.err());
                    for (JsonNode object : run.objects()) {
                        objects++;
                        quarantined += object.has("outcome") ? 1 : 0;
                        look(file.getFileName() + " " + route, object, people, left);
                    }
                }
            }
        }
        System.out.println("applog-beats: objects on three routes " + objects + ", quarantined " + quarantined
                + ", people looked for " + values + ", left " + left.size());
        assertEquals(List.of(), left);
        assertEquals(0, quarantined);
        assertTrue(values >= 20, "only " + values);
    }

    private static Set<String> people(Path expected) throws IOException {
        Set<String> people = new TreeSet<>();
        for (JsonNode event : new ObjectMapper().readTree(expected.toFile())) {
            for (String field : List.of("source.ip", "user.name", "user.effective.name", "system.auth.sudo.user")) {
                if (event.path(field).isTextual()) {
                    people.add(event.get(field).asText());
                }
            }
            for (String field : List.of("related.ip", "related.user")) {
                event.path(field).forEach(value -> people.add(value.asText()));
            }
            MAIL.matcher(event.path("message").asText()).results().forEach(mail -> people.add(mail.group()));
        }
        people.remove("");
        return people;
    }

    private static void look(String where, JsonNode object, Set<String> people, List<String> left) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (OURS.contains(field.getKey())
                    || field.getKey().equals("outcome")
                    || field.getKey().equals("reason")) {
                continue;
            }
            String text = field.getValue().asText();
            for (String person : people) {
                if (Pattern.compile("(?<![\\w.])" + Pattern.quote(person) + "(?![\\w])")
                        .matcher(text)
                        .find()) {
                    left.add(where + ": " + field.getKey());
                }
            }
        }
    }
}
