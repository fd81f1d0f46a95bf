package io.sluice.redaction.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.address.IpAddress;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Addresses that others anonymized: at least as many bits are hidden, and what is no address is dropped. */
@Tag("corpora")
class AnonymizationCorpusTest {
    @Test
    void hidesAtLeastAsMuch() throws IOException {
        TransformContext context =
                new TransformContext(new ThrowawayKeyStore(new SecureRandom()), TextScanner.of(List.of()));
        int cases = 0;
        for (String line :
                Files.readAllLines(Path.of(System.getProperty("sluice.corpora"), "ip-anonymization/vectors.jsonl"))) {
            JsonNode row = new ObjectMapper().readTree(line);
            int v4 = 32 - 8 * row.get("ipv4_octets").asInt();
            int v6 = 128 - 16 * row.get("ipv6_segments").asInt();
            String address = row.get("ip").asText();
            Value cut = new TruncateIp(v4, v6).apply(new Value.Text(address), context);
            cases++;
            if (row.get("name").asText().startsWith("invalid")) {
                assertNull(cut, address);
                continue;
            }
            IpAddress expected = IpAddress.parse(row.get("expected").asText().replace('x', '0'));
            assertNotNull(expected);
            assertEquals(expected.canonical(), cut instanceof Value.Text text ? text.text() : null, address);
        }
        System.out.println("ip-anonymization: " + cases + " of " + cases);
        assertEquals(10, cases);
    }
}
