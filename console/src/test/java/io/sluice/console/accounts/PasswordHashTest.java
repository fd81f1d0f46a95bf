package io.sluice.console.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private static final byte[] SALT = "sixteen bytes sa".getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsBackWhatItWrote() {
        PasswordHash hash = PasswordHash.of("pässwörd ☂".toCharArray(), SALT);
        PasswordHash read = PasswordHash.parse(hash.encoded());
        assertEquals(hash.encoded(), read.encoded());
        assertTrue(read.matches("pässwörd ☂".toCharArray()));
        assertFalse(read.matches("password".toCharArray()));
    }

    @Test
    void keepsTheParametersThatAHashWasMadeWith() {
        PasswordHash today = PasswordHash.of("correct horse".toCharArray(), SALT);
        PasswordHash weaker = PasswordHash.parse(today.encoded().replace("m=19456", "m=4096"));
        assertFalse(weaker.matches("correct horse".toCharArray()));
        assertTrue(weaker.encoded().contains("m=4096"));
    }

    @Test
    void refusesWhatIsNoHashWithoutRepeatingIt() {
        String good = PasswordHash.of("correct horse".toCharArray(), SALT).encoded();
        for (String text : new String[] {"", "secret", good.replace("argon2id", "argon2i"), good + "secret"}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
            assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
        }
    }
}
