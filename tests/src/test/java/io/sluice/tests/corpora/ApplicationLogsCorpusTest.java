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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of real applications, labelled by others, through the verbs {@code detect} and {@code redact}. */
@Tag("corpora")
class ApplicationLogsCorpusTest {
    private static final Path FILE =
            Path.of(System.getProperty("sluice.corpora"), "applog-pii-crowdsec", "labelled.jsonl");

    @TempDir
    private Path folder;

    @Test
    void redactLetsScannedTextThroughWithoutAddresses() throws IOException {
        Offline run = Offline.run(
                new byte[0],
                "redact",
                "--format",
                "text",
                "--framing",
                "jsonl:/message",
                "--policy",
                FreeTextPolicy.in(folder).toString(),
                FILE.toString());

        assertEquals(0, run.exit(), run.err());
        List<JsonNode> rows = rows();
        List<JsonNode> objects = run.objects();
        assertEquals(rows.size(), objects.size());
        Map<String, Integer> labelled = new TreeMap<>();
        List<String> left = new ArrayList<>();
        int released = 0;
        for (int i = 0; i < rows.size(); i++) {
            String message = objects.get(i).path("message").asText();
            released += objects.get(i).has("outcome") || message.isEmpty() ? 0 : 1;
            for (JsonNode label : rows.get(i).get("pii")) {
                String type = label.get("type").asText();
                labelled.merge(type, 1, Integer::sum);
                if (!type.equals("USERNAME")
                        && message.contains(label.get("value").asText())) {
                    left.add(type + " in line " + (i + 1));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "redact --format text: %d of %d lines released, %s labelled, %d left%n",
                released,
                rows.size(),
                labelled,
                left.size());
        assertEquals(List.of(), left);
        assertTrue(released >= 0.95 * rows.size(), released + " of " + rows.size());
    }

    @Test
    void detectCoversEachAddress() throws IOException {
        Offline run = Offline.run(new byte[0], "detect", "--framing", "jsonl:/message", FILE.toString());

        assertEquals(0, run.exit(), run.err());
        List<JsonNode> rows = rows();
        List<JsonNode> objects = run.objects();
        assertEquals(rows.size(), objects.size());
        Map<String, Integer> covered = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String message = rows.get(i).get("message").asText();
            boolean[] found = found(message, objects.get(i));
            for (JsonNode label : rows.get(i).get("pii")) {
                String value = label.get("value").asText();
                boolean all = message.contains(value);
                for (int at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
                    for (int k = at; k < at + value.length(); k++) {
                        all &= found[k] || isInsideOfLonger(message, at, value);
                    }
                }
                covered.merge(label.get("type").asText(), all ? 1 : 0, Integer::sum);
            }
        }
        System.out.println("detect: covered " + covered);
        assertEquals(636, covered.get("IP_ADDRESS"));
        assertEquals(81, covered.get("EMAIL_ADDRESS"));
    }

    /** {@code 10.0.0.1} within {@code 10.0.0.12} is another address, which has a label of its own. */
    private static boolean isInsideOfLonger(String message, int at, String value) {
        int end = at + value.length();
        return at > 0 && Character.isLetterOrDigit(message.charAt(at - 1))
                || end < message.length() && Character.isLetterOrDigit(message.charAt(end));
    }

    /** Which UTF-16 units the findings cover. */
    private static boolean[] found(String message, JsonNode object) {
        boolean[] found = new boolean[message.length()];
        for (JsonNode finding : object.get("findings")) {
            int start = message.offsetByCodePoints(0, finding.get("start").asInt());
            int end = message.offsetByCodePoints(0, finding.get("end").asInt());
            java.util.Arrays.fill(found, start, end, true);
        }
        return found;
    }

    private static List<JsonNode> rows() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            rows.add(json.readTree(line));
        }
        return rows;
    }
}
