package io.sluice.redaction.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTextsTest {
    private final RecentTexts<String> recent = new RecentTexts<>();

    @Test
    void knowsWhatCameTwice() {
        assertNull(recent.get(""));
        recent.put("", "empty");
        assertNull(recent.get(""), "it came once");
        recent.put("", "empty");
        assertEquals("empty", recent.get(""));
        recent.put("x".repeat(513), "long");
        recent.put("x".repeat(513), "long");
        assertNull(recent.get("x".repeat(513)));
    }

    @Test
    void neverTakesATextForAnother() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            // Of blocks with the same hash: all of one length have one.
            StringBuilder made = new StringBuilder();
            for (int k = random.nextInt(8); k >= 0; k--) {
                made.append(random.nextBoolean() ? "Aa" : "BB");
            }
            String text = made.toString();
            String known = recent.get(text);
            assertTrue(known == null || known.equals(text), text);
            recent.put(text, text);
        }
    }

    @Test
    void whatComesOnceDrivesNothingOut() {
        recent.put("often", "often");
        recent.put("often", "often");
        for (int i = 0; i < 10_000; i++) {
            recent.put("once " + i, "once");
        }
        assertEquals("often", recent.get("often"));
    }
}
