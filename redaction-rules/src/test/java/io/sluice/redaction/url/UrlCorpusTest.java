package io.sluice.redaction.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The URL tests of the Web Platform, for the addresses that logs hold: absolute ones of http and https, and paths. What
 * is relative to a base in any other way has no base in a log and is flagged.
 */
@Tag("corpora")
class UrlCorpusTest {
    @Test
    void readsAsBrowsersDoOrFlags() throws IOException {
        Path file = Path.of(System.getProperty("sluice.corpora"), "url-wpt", "urltestdata.json");
        int equal = 0;
        int flagged = 0;
        int relative = 0;
        int refused = 0;
        List<String> wrong = new ArrayList<>();
        for (JsonNode row : new ObjectMapper().readTree(file.toFile())) {
            if (!row.isObject()) {
                continue;
            }
            String input = row.get("input").asText();
            UrlParts parts = UrlParts.of(input);
            boolean noBase = row.path("base").isNull();
            // With a base of its own scheme, http:foo is relative to it.
            String start = input.strip().toLowerCase(Locale.ROOT);
            boolean absolute = noBase ? start.startsWith("http") : start.matches("(?s)https?:[/\\\\]{2}.*");
            if (row.path("failure").asBoolean()) {
                if (absolute && noBase) {
                    refused += parts.valid() ? 0 : 1;
                    if (parts.valid()) {
                        wrong.add("takes " + row.get("input") + " as " + parts.host());
                    }
                }
                continue;
            }
            String protocol = row.get("protocol").asText();
            if (!protocol.equals("http:") && !protocol.equals("https:")) {
                continue;
            }
            if (!absolute) {
                relative++;
            } else if (!parts.valid()) {
                flagged++;
                System.out.println("url-wpt flags " + row.get("input"));
            } else if (agrees(row, parts)) {
                equal++;
            } else {
                wrong.add(row.get("input") + " gives " + parts.host() + " " + parts.path() + " " + parts.query());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "url-wpt: %d equal, %d flagged, %d relative to a base, %d refused as browsers do, %d wrong%n",
                equal,
                flagged,
                relative,
                refused,
                wrong.size());
        assertEquals(List.of(), wrong);
        assertTrue(equal >= 150 && flagged <= 12, equal + " equal, " + flagged + " flagged");
    }

    private static boolean agrees(JsonNode row, UrlParts parts) {
        String search = row.get("search").asText();
        return row.get("hostname").asText().equals(parts.host())
                && row.get("pathname").asText().equals(parts.path())
                && search.equals(parts.query() == null ? "" : "?" + parts.query());
    }
}
