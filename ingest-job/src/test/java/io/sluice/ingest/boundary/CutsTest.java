package io.sluice.ingest.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.ingest.parse.Bytes;
import io.sluice.redaction.Cut;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static String apply(String record, Cut... cuts) {
        return Cuts.apply(Bytes.of(record), List.of(cuts)).text();
    }

    @Test
    void oneThatALongerOneTookAlongIsNotMissing() {
        assertEquals("{\"a\":\"#\"}", apply("{\"a\":\"jane doe\"}", cut("jane doe"), cut("jane")));
    }

    @Test
    void oneThatStandsInAnotherFormTakesTheRecordThoughAnotherWasFound() {
        // The second stands in Base64.
        String record = "{\"a\":\"jane doe\",\"b\":\"czNjcjN0\"}";
        assertEquals(
                "<cut: a value to be cut stood in a form of its own>", apply(record, cut("jane doe"), cut("s3cr3t")));
    }

    private static Cut cut(String text) {
        return new Cut(text, "#");
    }
}
