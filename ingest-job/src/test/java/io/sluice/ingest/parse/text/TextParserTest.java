package io.sluice.ingest.parse.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Parsed;
import org.junit.jupiter.api.Test;

class TextParserTest {
    @Test
    void theRecordIsTheMessageWhateverItLooksLike() {
        for (String record : new String[] {"{\"type\":\"a\"}", "a\n\tb", " x ", "\u001b[31mred", "192.0.2.1 - - [x"}) {
            assertEquals(
                    "event.provider=text\nmessage=" + record,
                    Parsed.of(Parsed.as(LogFormat.TEXT), record).text());
        }
    }

    @Test
    void badUtf8IsReplacedPartByPart() {
        byte[] record = {'a', (byte) 0xFF, (byte) 0xE2, (byte) 0x82, 'b', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertEquals(
                "event.provider=text\nmessage=a\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD",
                Parsed.of(Parsed.as(LogFormat.TEXT), Bytes.of(record)).text());
    }
}
