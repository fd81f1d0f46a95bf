package io.sluice.sinks.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Project Wycheproof's vectors through our own {@link BlockCipher}: keys of 256 bits, nonces of 96, tags of 128. Those
 * of other sizes have nothing to run through: it refuses them, which is tested, and lists them.
 */
@Tag("corpora")
class WycheproofCorpusTest {
    @Test
    void aesGcm() throws IOException, GeneralSecurityException {
        BlockCipher cipher = new BlockCipher();
        int valid = 0;
        int invalid = 0;
        Map<String, Integer> refused = new TreeMap<>();
        Path corpora = Path.of(System.getProperty("sluice.corpora"));
        Path file = corpora.resolve("crypto-wycheproof").resolve("aes_gcm_test.json");
        for (JsonNode group : new ObjectMapper().readTree(file.toFile()).get("testGroups")) {
            boolean keySize = group.get("keySize").asInt() == 256;
            boolean nonceSize = group.get("ivSize").asInt() == 96;
            for (JsonNode test : group.get("tests")) {
                String name = "case " + test.get("tcId");
                byte[] key = hex(test, "key");
                byte[] nonce = hex(test, "iv");
                byte[] context = hex(test, "aad");
                byte[] plain = hex(test, "msg");
                byte[] sealed = HexFormat.of()
                        .parseHex(test.get("ct").asText() + test.get("tag").asText());
                if (!keySize) {
                    assertThrows(IllegalArgumentException.class, () -> new DataKey(key), name);
                    refused.merge("key of " + key.length * 8 + " bits", 1, Integer::sum);
                } else if (!nonceSize || !test.get("result").asText().equals("valid")) {
                    assertThrows(
                            GeneralSecurityException.class,
                            () -> cipher.open(new DataKey(key), nonce, context, sealed),
                            name);
                    invalid += nonceSize ? 1 : 0;
                    if (!nonceSize) {
                        refused.merge("nonce of other than 96 bits", 1, Integer::sum);
                    }
                } else {
                    assertArrayEquals(sealed, cipher.seal(new DataKey(key), nonce, context, plain, plain.length), name);
                    assertArrayEquals(plain, cipher.open(new DataKey(key), nonce, context, sealed), name);
                    valid++;
                }
            }
        }
        refused.forEach((size, cases) -> System.out.printf(
                Locale.ROOT, "crypto-wycheproof AES-GCM not run %4d of a %s, refused%n", cases, size));
        assertEquals("39 valid, 27 invalid", valid + " valid, " + invalid + " invalid");
        assertEquals(
                Map.of("key of 128 bits", 108, "key of 192 bits", 103, "nonce of other than 96 bits", 39), refused);
    }

    private static byte[] hex(JsonNode test, String field) {
        return HexFormat.of().parseHex(test.get(field).asText());
    }
}
