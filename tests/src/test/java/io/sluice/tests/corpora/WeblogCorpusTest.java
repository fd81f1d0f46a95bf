package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand combined lines of a real site. */
@Tag("corpora")
class WeblogCorpusTest {
    private static final Path FILE =
            Path.of(System.getProperty("sluice.corpora"), "weblog-elastic-examples", "apache_logs.log");

    /** A count made without this project's parser. */
    private static final Pattern COMBINED =
            Pattern.compile("^(\\S+) \\S+ \\S+ \\[[^]]+] \"(\\S+) [^\"]*\" (\\d{3}) (\\d+|-) \"([^\"]*)\" \"(.*)\"$");

    @Test
    void everyLineIsAccountedForAndNoAddressIsLeft() throws IOException {
        Offline run = Offline.run(new byte[0], "redact", FILE.toString());

        assertEquals(0, run.exit(), run.err());
        List<JsonNode> objects = run.objects();
        assertEquals(10_000, objects.size());
        assertEquals(9_999, run.balance().get("released").asInt());
        assertEquals(1, run.balance().get("quarantined").asInt());

        Map<String, Integer> expected = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        Set<String> addresses = new HashSet<>();
        int quarantined = 0;
        int unmatched = 0;
        List<String> lines = Files.readAllLines(FILE);
        for (int i = 0; i < lines.size(); i++) {
            addresses.add(lines.get(i).substring(0, lines.get(i).indexOf(' ')));
            JsonNode object = objects.get(i);
            Matcher line = COMBINED.matcher(lines.get(i));
            if (object.has("outcome")) {
                quarantined++;
                assertEquals("quarantined", object.get("outcome").asText());
                assertFalse(line.matches(), "a whole line was quarantined");
                continue;
            }
            if (!line.matches()) {
                unmatched++;
                continue;
            }
            count(expected, line.group(3), line.group(4), line.group(2));
            count(
                    found,
                    object.path("http.response.status_code").asText(),
                    object.has("http.response.body.bytes")
                            ? object.get("http.response.body.bytes").asText()
                            : "-",
                    object.path("http.request.method").asText());
            assertTrue(object.has("@timestamp"));
            assertEquals(!line.group(5).equals("-"), object.has("http.request.referrer"), "line " + (i + 1));
            assertEquals(!line.group(6).equals("-"), object.has("user_agent.name"), "line " + (i + 1));
        }
        assertEquals(expected, found);
        assertEquals(1, quarantined);
        assertEquals(0, unmatched, "lines that the independent count could not read");
        assertEquals(1_753, addresses.size());
        for (String address : addresses) {
            assertFalse(run.out().contains(address), "an address is left in the output");
        }
    }

    /** Whatever the parser found and the policy names for analytics is there, but for what a rule says to drop. */
    @Test
    void nothingIsLostThatThePolicyKeeps() throws IOException, PolicyException {
        List<JsonNode> parsed =
                Offline.run(new byte[0], "parse", FILE.toString()).objects();
        List<JsonNode> redacted =
                Offline.run(new byte[0], "redact", FILE.toString()).objects();
        RedactionPolicy policy =
                PolicyReader.read(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow());
        Map<String, Integer> lost = new TreeMap<>();
        int kept = 0;
        for (int i = 0; i < parsed.size(); i++) {
            if (redacted.get(i).has("outcome")) {
                continue;
            }
            for (var field : parsed.get(i).properties()) {
                boolean rule =
                        policy.treatment(policy.routes().get("analytics"), Form.FULL, FieldPath.of(field.getKey()))
                                != null;
                if (rule && redacted.get(i).has(field.getKey())) {
                    kept++;
                } else if (rule) {
                    lost.merge(field.getKey(), 1, Integer::sum);
                }
            }
        }
        System.out.println("weblog-elastic-examples: " + kept + " values kept, lost " + lost);
        // No path of this site is one of the policy's, so no parameter of its queries is declared.
        lost.remove("url.query");
        assertEquals(Map.of(), lost);
    }

    private static void count(Map<String, Integer> into, String status, String bytes, String method) {
        into.merge("status " + status, 1, Integer::sum);
        into.merge("bytes " + bytes, 1, Integer::sum);
        into.merge("method " + method, 1, Integer::sum);
    }
}
