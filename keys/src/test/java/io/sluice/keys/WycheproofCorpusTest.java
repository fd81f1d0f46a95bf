package io.sluice.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Project Wycheproof's vectors through our own {@link KeyedHash} and {@link Cipher}, for the sizes that they have. Every
 * vector of the corpus is either run or in the list of those that are not, with the reason; AES-GCM is run in {@code
 * sinks}, which uses it. For HPKE the corpus has no vectors; Tink is tested with them.
 */
@Tag("corpora")
class WycheproofCorpusTest {
    private static final int SIV_KEY_BITS = 512;

    @Test
    void hmacSha256() throws IOException {
        int valid = 0;
        int invalid = 0;
        for (JsonNode group : groups("hmac_sha256_test.json")) {
            for (JsonNode test : group.get("tests")) {
                byte[] tag = hex(test, "tag");
                byte[] ours = new KeyedHash(hex(test, "key")).hash(hex(test, "msg"), tag.length);
                boolean good = test.get("result").asText().equals("valid");
                assertEquals(good, Arrays.equals(tag, ours), "case " + test.get("tcId"));
                valid += good ? 1 : 0;
                invalid += good ? 0 : 1;
            }
        }
        assertEquals("66 valid, 108 invalid", valid + " valid, " + invalid + " invalid");
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
        assertEquals("39 valid, 108 invalid", valid + " valid, " + invalid + " invalid");
    }

    /** A key of another size is refused, so that its vectors have nothing to run through. */
    @Test
    void keysOfAesSivOfOtherSizesAreRefused() throws IOException {
        int refused = 0;
        for (JsonNode group : groups("aes_siv_cmac_test.json")) {
            for (JsonNode test : group.get("tests")) {
                if (group.get("keySize").asInt() != SIV_KEY_BITS) {
                    byte[] key = hex(test, "key");
                    assertThrows(
                            GeneralSecurityException.class, () -> TinkKeys.cipher(key), "case " + test.get("tcId"));
                    refused++;
                }
            }
        }
        assertEquals(295, refused);
    }

    /** Nothing is left out in silence: what is run and what is listed here is the whole corpus. */
    @Test
    void whatIsNotRunIsListed() throws IOException {
        Map<String, Integer> left = new TreeMap<>();
        int run = 0;
        try (Stream<Path> files = Files.list(corpus())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                String name = file.getFileName().toString();
                for (JsonNode group : groups(name)) {
                    String why = whyNot(name, group.path("keySize").asInt());
                    int cases = group.get("tests").size();
                    run += why.isEmpty() ? cases : 0;
                    if (!why.isEmpty()) {
                        left.merge(why, cases, Integer::sum);
                    }
                }
            }
        }
        left.forEach(
                (why, cases) -> System.out.printf(Locale.ROOT, "crypto-wycheproof not run here %4d %s%n", cases, why));
        Map<String, Integer> listed = Map.of(
                "AES-CMAC by itself: nothing of ours has it", 311,
                "AES-GCM: run in sinks, through BlockCipher", 316,
                "AES-KWP: nothing of ours has it", 254,
                "AES-SIV with a key of 256 bits: refused", 148,
                "AES-SIV with a key of 384 bits: refused", 147,
                "HKDF by itself: nothing of ours has it", 86,
                "JSON web signatures: nothing of ours has them", 401);
        assertEquals(new TreeMap<>(listed), left);
        assertEquals(66 + 108 + 39 + 108, run);
    }

    /** Why the vectors of a group are not run here; empty if they are. */
    private static String whyNot(String file, int keyBits) {
        return switch (file) {
            case "aes_cmac_test.json" -> "AES-CMAC by itself: nothing of ours has it";
            case "aes_gcm_test.json" -> "AES-GCM: run in sinks, through BlockCipher";
            case "aes_kwp_test.json" -> "AES-KWP: nothing of ours has it";
            case "aes_siv_cmac_test.json" ->
                keyBits == SIV_KEY_BITS ? "" : "AES-SIV with a key of " + keyBits + " bits: refused";
            case "hkdf_sha256_test.json" -> "HKDF by itself: nothing of ours has it";
            case "hmac_sha256_test.json" -> "";
            case "json_web_signature_test.json" -> "JSON web signatures: nothing of ours has them";
            default -> file + ": unknown";
        };
    }

    private static Path corpus() {
        return Path.of(System.getProperty("sluice.corpora")).resolve("crypto-wycheproof");
    }

    private static JsonNode groups(String file) throws IOException {
        return new ObjectMapper().readTree(corpus().resolve(file).toFile()).get("testGroups");
    }

    private static byte[] hex(JsonNode test, String field) {
        return HexFormat.of().parseHex(test.get(field).asText());
    }
}
