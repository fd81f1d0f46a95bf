package io.sluice.ingest.parse.ncsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NcsaTimeTest {
    private static final String TIME = "10/Oct/2000:13:55:36";

    /** Every byte in every place: digits stand for digits, the month for anything, the rest for itself. */
    @Test
    void isShapedAsItsCharactersSay() {
        for (int place = 0; place < TIME.length(); place++) {
            for (int b = 0; b < 256; b++) {
                byte[] time = TIME.getBytes(StandardCharsets.US_ASCII);
                time[place] = (byte) b;
                char before = TIME.charAt(place);
                boolean expected =
                        Character.isLetter(before) || (Character.isDigit(before) ? b >= '0' && b <= '9' : b == before);
                assertEquals(expected, NcsaTime.isShaped(time, 0, time.length), place + " " + b);
            }
        }
    }

    @Test
    void isNotShapedIfItIsCutOff() {
        byte[] time = ("[" + TIME + "]").getBytes(StandardCharsets.US_ASCII);
        assertTrue(NcsaTime.isShaped(time, 1, 21));
        assertFalse(NcsaTime.isShaped(time, 1, 20));
    }
}
