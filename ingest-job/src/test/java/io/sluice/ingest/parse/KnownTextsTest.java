package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sluice.redaction.event.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownTextsTest {
    private final KnownTexts texts = new KnownTexts();

    @Test
    void givesOutTheSameObjectFromTheThirdTimeOn() {
        Value.Text first = of("GET /pricing HTTP/1.1");
        Value.Text second = of("GET /pricing HTTP/1.1");
        assertNotSame(first, second);
        assertSame(second, of("GET /pricing HTTP/1.1"));
    }

    @Test
    void whatComesOnceDrivesNothingOut() {
        of("often");
        Value.Text often = of("often");
        for (int i = 0; i < 20_000; i++) {
            of("once " + i);
        }
        assertSame(often, of("often"));
    }

    @Test
    void isTheTextOfTheBytesWhateverCameBefore() {
        Random random = new Random(5);
        byte[] bytes = new byte[600];
        for (int round = 0; round < 200_000; round++) {
            // Few bytes and short texts, so that many come again; some above the longest that is kept.
            int from = random.nextInt(8);
            int to = from + (random.nextInt(50) == 0 ? 500 + random.nextInt(30) : random.nextInt(20));
            for (int i = from; i < to; i++) {
                bytes[i] = (byte) (random.nextInt(30) == 0 ? random.nextInt() : 'a' + random.nextInt(2));
            }
            assertEquals(Utf8.text(bytes, from, to), texts.of(bytes, from, to).text());
        }
    }

    /** Two texts of one print: what their first words leave different, their second words make the same again. */
    @Test
    void tellsTextsOfOnePrintApart() {
        long spread = 0x9E3779B97F4A7C15L;
        ByteBuffer one = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0x6161616161616161L);
        ByteBuffer other =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0x6262626262626262L);
        one.putLong(0x6363636363636363L);
        other.putLong(one.getLong(8) ^ (16 ^ one.getLong(0)) * spread ^ (16 ^ other.getLong(0)) * spread);
        texts.of(one.array(), 0, 16);
        texts.of(one.array(), 0, 16);
        assertEquals("aaaaaaaacccccccc", texts.of(one.array(), 0, 16).text());
        assertEquals(
                Utf8.text(other.array(), 0, 16), texts.of(other.array(), 0, 16).text());
    }

    @Test
    void keepsTextsAndNotTheBytesTheyCameIn() {
        byte[] line = "203.0.113.7".getBytes(StandardCharsets.US_ASCII);
        texts.of(line, 0, line.length);
        texts.of(line, 0, line.length);
        Arrays.fill(line, (byte) '1');
        assertEquals("203.0.113.7", of("203.0.113.7").text());
        assertEquals("11111111111", texts.of(line, 0, line.length).text());
    }

    private Value.Text of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return texts.of(bytes, 0, bytes.length);
    }
}
