package io.sluice.tests.parsing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is measured by {@link ParseBenchmark} is the same work: all parsers read the same values. */
class ParsersAgreeTest {
    @Test
    void allReadTheSameValuesOfTheLinesThatAreMeasured() {
        SluiceParse builtIn = SluiceParse.builtIn();
        SluiceParse nginx = SluiceParse.nginx();
        SluiceParse apache = SluiceParse.apache();
        HttpdlogParse httpdlog = new HttpdlogParse();
        GrokParse grok = new GrokParse();
        List<String> lines = ParseSpeed.lines();
        assertEquals(ParseSpeed.LINES, lines.size());
        Set<LineValues> different = new HashSet<>();
        for (String line : lines) {
            Bytes bytes = Bytes.of(line);
            LineValues values = SluiceParse.values(builtIn.parse(bytes));
            assertEquals(values, SluiceParse.values(nginx.parse(bytes)), line);
            assertEquals(values, SluiceParse.values(apache.parse(bytes)), line);
            assertEquals(values, HttpdlogParse.values(httpdlog.parse(line)), line);
            assertEquals(values, GrokParse.values(grok.parse(line)), line);
            different.add(values);
        }
        assertTrue(different.size() > lines.size() / 2, "too little differs to say anything");
        assertTrue(different.stream().anyMatch(values -> values.referrer() != null), "no line has a referrer");
        assertTrue(different.stream().anyMatch(values -> values.referrer() == null), "each line has a referrer");
    }
}
