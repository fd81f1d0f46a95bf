package io.sluice.ingest.parse.ncsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class NcsaParserTest {
    private static final String LINE = "192.0.2.7 - jane [10/Oct/2000:13:55:36 -0700] "
            + "\"GET /a?b=c HTTP/1.1\" 200 2326 \"https://example.com/x\" \"Mozilla/5.0 (X11)\"";

    private static String combined(String line) {
        return Parsed.of(Parsed.as(LogFormat.COMBINED), line).text();
    }

    private static String common(String line) {
        return Parsed.of(Parsed.as(LogFormat.COMMON), line).text();
    }

    /** A combined line with one part changed. */
    private static String with(String part, String change) {
        assertTrue(LINE.contains(part));
        return combined(LINE.replace(part, change));
    }

    @Test
    void aCombinedLineGivesAllItsFields() {
        assertEquals(
                """
                @timestamp=2000-10-10T20:55:36Z
                event.provider=access-log
                http.request.method=GET
                http.request.referrer=https://example.com/x
                http.response.body.bytes=2326
                http.response.status_code=200
                http.version=1.1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/a?b=c
                user.name=jane
                user_agent.original=Mozilla/5.0 (X11)""",
                combined(LINE));
    }

    @Test
    void dashesAreAbsent() {
        assertEquals(
                """
                @timestamp=2000-10-10T13:55:36Z
                event.provider=access-log
                source.address=2001:db8::7
                source.ip=2001:db8::7""",
                combined("2001:db8::7 - - [10/Oct/2000:13:55:36 +0000] \"-\" - - \"-\" \"-\""));
    }

    @Test
    void aHostNameIsAnAddressAndNoIp() {
        String text = with("192.0.2.7", "host-7.example.com");
        assertTrue(text.contains("source.address=host-7.example.com"), text);
        assertTrue(!text.contains("source.ip"), text);
    }

    @Test
    void usersMayHoldAlmostAnything() {
        assertTrue(with("jane", "jane van der doe").contains("user.name=jane van der doe\n"));
        assertTrue(with("jane", "ja\\\"ne\\x41").contains("user.name=ja\"neA\n"));
        assertTrue(with("jane", "a [b] [c").contains("user.name=a [b] [c\n"));
        assertTrue(with("jane", "").startsWith("@timestamp"), "an empty user");
        assertTrue(!with("jane", "\"\"").contains("user.name"), "Apache's empty user");
        assertTrue(with("jane", "jane@example.com").contains("user.name=jane@example.com\n"));
    }

    @Test
    void escapesOfApacheAndNginxAreUndone() {
        String text = with("Mozilla/5.0 (X11)", "a\\\"b\\\\c\\td\\xC3\\xA9\\x22e\\q\\x4\\x\\xZZ");
        assertTrue(text.endsWith("user_agent.original=a\"b\\c\tdé\"e\\q\\x4\\x\\xZZ"), text);
        assertTrue(with("/a?b=c", "/\\xff\\xe2\\x82").contains("url.original=/\uFFFD\uFFFD\n"));
    }

    @Test
    void invalidUtf8IsReplacedInEveryField() {
        byte[] line = LINE.getBytes(StandardCharsets.US_ASCII);
        line[LINE.indexOf("/a?b") + 1] = (byte) 0xE9;
        line[LINE.indexOf("jane")] = (byte) 0xFF;
        String text = Parsed.of(Parsed.as(LogFormat.COMBINED), Bytes.of(line)).text();
        assertTrue(text.contains("url.original=/\uFFFD?b=c"), text);
        assertTrue(text.contains("user.name=\uFFFDane"), text);
    }

    @Test
    void requestsThatAreNoneDoNotSpoilTheLine() {
        assertTrue(!with("GET /a?b=c HTTP/1.1", "").contains("url.original"));
        assertTrue(!with("GET /a?b=c HTTP/1.1", "-").contains("url.original"));
        assertTrue(with("GET /a?b=c HTTP/1.1", "\\x16\\x03\\x01").contains("url.original=\u0016\u0003\u0001\n"));
        String greeting = with("GET /a?b=c HTTP/1.1", "hello you HTTP/1.1");
        assertTrue(greeting.contains("url.original=hello you HTTP/1.1\n") && !greeting.contains("method"), greeting);
        String old = with("GET /a?b=c HTTP/1.1", "GET /old page");
        assertTrue(old.contains("url.original=/old page\n") && !old.contains("http.version"), old);
        assertTrue(with("GET /a?b=c HTTP/1.1", "GET").contains("url.original=GET\n"));
        assertTrue(with("GET /a?b=c HTTP/1.1", "M-SEARCH * HTTP/2.0").contains("http.version=2.0\n"));
        assertTrue(with("HTTP/1.1", "HTTP/1.x").contains("url.original=/a?b=c HTTP/1.x\n"));
        assertTrue(with("/a?b=c", "/a b c").contains("url.original=/a b c\n"));
        assertTrue(with("GET /a?b=c HTTP/1.1", "GET  HTTP/1.1").contains("http.request.method=GET\n"));
    }

    @Test
    void quotesThatAServerDidNotEscapeEndNoField() {
        assertTrue(with("Mozilla/5.0 (X11)", "a \"b\"c").endsWith("=a \"b\"c"), with("Mozilla/5.0 (X11)", "a \"b\"c"));
    }

    @Test
    void whatComesBehindTheLastFieldIsNotRead() {
        String plain = combined(LINE);
        assertEquals(plain, combined(LINE + " \"-\""));
        assertEquals(plain, combined(LINE + " \"203.0.113.5, 192.0.2.1\" 0.023 \"unfinished"));
        assertEquals(plain, combined(LINE + "\r"));
        assertEquals(plain, combined(LINE + " "));
        String short_ = LINE.substring(0, LINE.indexOf(" \"https"));
        assertEquals(common(short_), common(short_ + " 0.023 x"));
        assertEquals(common(short_), common(short_ + " "));
    }

    @Test
    void commonTakesBothAndCombinedOnlyCombined() {
        String short_ = LINE.substring(0, LINE.indexOf(" \"https"));
        assertEquals(combined(LINE), common(LINE));
        assertTrue(common(short_).contains("http.response.body.bytes=2326"));
        assertEquals("[truncated]", combined(short_));
        assertEquals("[unparseable]", combined(short_ + " 0.023"));
    }

    @Test
    void timesThatDoNotExistAreRefused() {
        for (String time : List.of(
                "32/Oct/2000:13:55:36 -0700",
                "29/Feb/2001:13:55:36 -0700",
                "10/Okt/2000:13:55:36 -0700",
                "10/Oct/2000:24:55:36 -0700",
                "10/Oct/2000:13:60:36 -0700",
                "10/Oct/2000:13:55:61 -0700",
                "10/Oct/2000:13:55:36 -1900",
                "10/Oct/2000:13:55:36 -0760",
                "10/Oct/2000:13:55:36 0700",
                "10/Oct/2000:13:55:36  -0700",
                "10/Oct/2000 13:55:36 -0700",
                "1/Oct/2000:13:55:36 -0700")) {
            assertEquals("[unparseable]", with("10/Oct/2000:13:55:36 -0700", time), time);
        }
    }

    @Test
    void aTimeInTheRequestIsNotTheLinesTime() {
        assertEquals(
                "[unparseable]",
                combined(LINE.replace("10/Oct", "99/Oct").replace("/a?b=c", "/ [10/Oct/2000:13:55:36 -0700] ")));
    }

    @Test
    void timesMayHaveAFractionAndNoZone() {
        assertTrue(with("36 -0700", "36.25 -0700").startsWith("@timestamp=2000-10-10T20:55:36.250Z"));
        SourceOptions zoned = Parsed.as(LogFormat.COMMON).withZone(ZoneOffset.ofHours(-2));
        assertTrue(Parsed.of(zoned, LINE.replace(" -0700", "")).text().startsWith("@timestamp=2000-10-10T15:55:36Z"));
        assertTrue(with("10/Oct/2000:13:55:36 -0700", "29/Feb/2024:23:59:60 +0000")
                .startsWith("@timestamp=2024-03-01T00:00:00Z"));
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertEquals("[unparseable]", with(" 200 ", " 2000 "));
        assertEquals("[unparseable]", with(" 200 ", " 2x0 "));
        assertEquals("[unparseable]", with(" 2326 ", " 23x6 "));
        assertEquals("[unparseable]", with(" 2326 ", " 1234567890123456789 "));
        assertEquals("[unparseable]", with(" 2326 ", " -1 "));
    }

    @Test
    void whatIsNoAccessLogIsRefused() {
        assertEquals("[unparseable]", common("this is something else, at length"));
        assertEquals("[unparseable]", common(" - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 5"));
        assertEquals("[unparseable]", common("a  b [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 5"));
        assertEquals("[unparseable]", with("] \"GET", "] GET"));
        assertEquals("[unparseable]", combined("www.example.com " + LINE), "a virtual host in front");
        assertEquals("[unparseable]", combined("Sep 15 16:13:46 host nginx[2869]: " + LINE), "syslog in front");
        assertEquals("[unparseable]", with("- jane ", "- "), "no user field");
        assertTrue(with("- jane", "ident jane").contains("user.name=jane\n"));
    }

    @Test
    void aRecordOfSeveralLinesIsNoAccessLog() {
        SourceOptions whole = Parsed.as(LogFormat.COMBINED).withFraming(Framing.WHOLE);
        assertEquals("[unparseable]", Parsed.of(whole, LINE + "\n" + LINE).text());
        assertEquals(combined(LINE), Parsed.of(whole, LINE + "\r\n").text());
    }

    @Test
    void aLineCutOffAnywhereIsTruncatedAndNeverAnEvent() {
        for (int end = 1; end < LINE.length(); end++) {
            Parsed parsed = Parsed.of(Parsed.as(LogFormat.COMBINED), LINE.substring(0, end));
            assertEquals(List.of("truncated"), parsed.calls, LINE.substring(0, end));
        }
    }
}
