package io.sluice.sinks.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Project Wycheproof's vectors through our own {@link BlockCipher}: keys of 256 bits, nonces of 96, tags of 128. The
 * other sizes of the corpus it refuses, which is tested too.
 */
@Tag("corpora")
class WycheproofCorpusTest {
    @Test
    void aesGcm() throws IOException, GeneralSecurityException {
        BlockCipher cipher = new BlockCipher();
        int valid = 0;
        int invalid = 0;
        int otherSizes = 0;
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
                    otherSizes++;
                } else if (!nonceSize || !test.get("result").asText().equals("valid")) {
                    assertThrows(
                            GeneralSecurityException.class,
                            () -> cipher.open(new DataKey(key), nonce, context, sealed),
                            name);
                    invalid += nonceSize ? 1 : 0;
                    otherSizes += nonceSize ? 0 : 1;
                } else {
                    assertArrayEquals(sealed, cipher.seal(new DataKey(key), nonce, context, plain, plain.length), name);
                    assertArrayEquals(plain, cipher.open(new DataKey(key), nonce, context, sealed), name);
                    valid++;
                }
            }
        }
        assertTrue(
                valid >= 30 && invalid >= 20,
                valid + " valid, " + invalid + " invalid, " + otherSizes + " other sizes");
    }

    private static byte[] hex(JsonNode test, String field) {
        return HexFormat.of().parseHex(test.get(field).asText());
    }
}
