package io.sluice.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Project Wycheproof's vectors through our own {@link KeyedHash} and {@link Cipher}, for the sizes that they have.
 *
 * <p>Not covered, because nothing of ours has it: AES-SIV with keys of 256 and 384 bits, HMAC keys under 128 bits, HKDF
 * by itself, AES-CMAC by itself, AES-KWP, JSON web signatures. AES-GCM is in {@code sinks}, which uses it. For HPKE the
 * corpus has no vectors; Tink is tested with them.
 */
@Tag("corpora")
class WycheproofCorpusTest {
    private static final int LEAST_HMAC_KEY_BITS = 128;
    private static final int SIV_KEY_BITS = 512;

    @Test
    void hmacSha256() throws IOException {
        int valid = 0;
        int invalid = 0;
        for (JsonNode group : groups("hmac_sha256_test.json")) {
            if (group.get("keySize").asInt() < LEAST_HMAC_KEY_BITS) {
                continue;
            }
            for (JsonNode test : group.get("tests")) {
                byte[] tag = hex(test, "tag");
                byte[] ours = new KeyedHash(hex(test, "key")).hash(hex(test, "msg"), tag.length);
                boolean good = test.get("result").asText().equals("valid");
                assertEquals(good, Arrays.equals(tag, ours), "case " + test.get("tcId"));
                valid += good ? 1 : 0;
                invalid += good ? 0 : 1;
            }
        }
        assertTrue(valid >= 66 && invalid >= 108, valid + " valid and " + invalid + " invalid cases");
    }

    @Test
    void aesSiv() throws IOException, GeneralSecurityException {
        int valid = 0;
        int invalid = 0;
        for (JsonNode group : groups("aes_siv_cmac_test.json")) {
            if (group.get("keySize").asInt() != SIV_KEY_BITS) {
                continue;
            }
            for (JsonNode test : group.get("tests")) {
                Cipher cipher = TinkKeys.asCipher(TinkKeys.cipher(hex(test, "key")));
                byte[] sealed = hex(test, "ct");
                byte[] context = hex(test, "aad");
                String name = "case " + test.get("tcId");
                if (test.get("result").asText().equals("valid")) {
                    assertArrayEquals(sealed, cipher.encrypt(hex(test, "msg"), context), name);
                    assertArrayEquals(hex(test, "msg"), cipher.decrypt(sealed, context), name);
                    valid++;
                } else {
                    assertThrows(GeneralSecurityException.class, () -> cipher.decrypt(sealed, context), name);
                    invalid++;
                }
            }
        }
        assertTrue(valid >= 39 && invalid >= 108, valid + " valid and " + invalid + " invalid cases");
    }

    private static JsonNode groups(String file) throws IOException {
        Path corpora = Path.of(System.getProperty("sluice.corpora"));
        return new ObjectMapper()
                .readTree(corpora.resolve("crypto-wycheproof").resolve(file).toFile())
                .get("testGroups");
    }

    private static byte[] hex(JsonNode test, String field) {
        return HexFormat.of().parseHex(test.get(field).asText());
    }
}
