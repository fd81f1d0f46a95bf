package io.sluice.ingest.parse.ncsa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random values, written as Apache or nginx write them, come back the same. */
class NcsaRoundTripTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
    private static final String[] ALPHABET = {
        "a", "Z", "0", " ", "\"", "\\", "/", "?", "[", "]", "é", "日", "😀", "\n", "\r", "\t", "\u0001", "x41", "-",
        "%20"
    };

    @Test
    void combined() {
        LogParser parser = LogParsers.forOptions(Parsed.as(LogFormat.COMBINED));
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 250; i++) {
                Map<String, String> values = values(random);
                boolean nginx = random.nextBoolean();
                Parsed parsed = new Parsed();
                parser.parse(Bytes.of(line(values, nginx, random)), parsed);
                String expected = values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining("\n"));
                assertEquals(expected, parsed.text(), "seed " + seed + " case " + i);
            }
        }
    }

    private static Map<String, String> values(Random random) {
        Map<String, String> values = new TreeMap<>();
        values.put("event.provider", "access-log");
        values.put(
                "@timestamp",
                Instant.ofEpochSecond(random.nextLong(4_000_000_000L)).toString());
        String address = random.nextBoolean()
                ? "192.0.2." + random.nextInt(256)
                : "2001:db8::" + Integer.toHexString(1 + random.nextInt(0xFFFE));
        values.put("source.address", address);
        values.put("source.ip", address);
        if (random.nextBoolean()) {
            values.put("user.name", "u" + text(random));
        }
        values.put("http.request.method", random.nextBoolean() ? "GET" : "REPORT");
        values.put("url.original", "/" + text(random));
        values.put("http.version", random.nextBoolean() ? "1.1" : "3.0");
        values.put("http.response.status_code", Integer.toString(100 + random.nextInt(500)));
        if (random.nextBoolean()) {
            values.put("http.response.body.bytes", Long.toString(random.nextLong(1L << 40)));
        }
        if (random.nextBoolean()) {
            values.put("http.request.referrer", "h" + text(random));
        }
        if (random.nextBoolean()) {
            values.put("user_agent.original", "M" + text(random));
        }
        return values;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    private static byte[] line(Map<String, String> values, boolean nginx, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(105) - 48) * 900);
        OffsetDateTime time = Instant.parse(values.get("@timestamp")).atOffset(offset);
        write(out, values.get("source.address") + " - ");
        write(out, values.getOrDefault("user.name", "-"), nginx);
        write(out, " [" + TIME.format(time) + "] \"" + values.get("http.request.method") + " ");
        write(out, values.getOrDefault("url.original", ""), nginx);
        write(
                out,
                " HTTP/" + values.get("http.version") + "\" " + values.get("http.response.status_code") + " "
                        + values.getOrDefault("http.response.body.bytes", "-") + " \"");
        write(out, values.getOrDefault("http.request.referrer", "-"), nginx);
        write(out, "\" \"");
        write(out, values.getOrDefault("user_agent.original", "-"), nginx);
        write(out, "\"");
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** nginx escapes quotes, backslashes and all that is no printable ASCII; Apache has names for some controls. */
    private static void write(ByteArrayOutputStream out, String text, boolean nginx) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                write(out, nginx ? String.format("\\x%02X", b) : "\\" + (char) b);
            } else if (!nginx && (b == '\n' || b == '\r' || b == '\t')) {
                write(out, b == '\n' ? "\\n" : b == '\r' ? "\\r" : "\\t");
            } else if (b < 0 || b < ' ') {
                write(out, String.format(nginx ? "\\x%02X" : "\\x%02x", b));
            } else {
                out.write(b);
            }
        }
    }
}
