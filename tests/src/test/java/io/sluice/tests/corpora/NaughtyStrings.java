package io.sluice.tests.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The big list of naughty strings, as records.
 *
 * @param texts the strings
 */
public record NaughtyStrings(List<String> texts) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EVENTS = List.of(
            "{\"type\":%s}",
            "{\"type\":\"click\",\"page\":{\"url\":%s,\"title\":%s,\"referrer\":%s}}",
            "{\"type\":\"click\",\"user\":{\"id\":%s,\"email\":%s},\"context\":{\"ip\":%s,\"user_agent\":%s}}",
            "{\"type\":\"click\",\"props\":{%s:1,\"plan\":%s},\"headers\":{\"cookie\":[%s]},\"timestamp\":%s}");

    public static NaughtyStrings read(Path corpora) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonNode text :
                JSON.readTree(corpora.resolve("hostile-blns/blns.json").toFile())) {
            texts.add(text.asText());
        }
        return new NaughtyStrings(List.copyOf(texts));
    }

    /** Usage events, one a line, each string in every field. */
    public byte[] events() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String text : texts) {
            String quoted = JSON.writeValueAsString(text);
            EVENTS.forEach(event -> lines.append(event.replace("%s", quoted)).append('\n'));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Combined lines, each string in path, referrer and user agent. */
    public byte[] accessLines() {
        StringBuilder lines = new StringBuilder();
        for (String text : onOneLine()) {
            lines.append("192.0.2.1 - - [10/Jan/2024:12:00:00 +0000] \"GET /")
                    .append(text)
                    .append(" HTTP/1.1\" 200 1 \"")
                    .append(text)
                    .append("\" \"")
                    .append(text)
                    .append("\"\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The strings themselves, one a line. */
    public byte[] lines() {
        return String.join("\n", onOneLine()).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> onOneLine() {
        return texts.stream().map(text -> text.replaceAll("[\\r\\n]", " ")).toList();
    }

    /** How many events {@link #events()} has. */
    public int eventCount() {
        return texts.size() * EVENTS.size();
    }
}
