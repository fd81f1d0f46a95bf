package io.sluice.ingest.parse.declared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * 100,000 lines of random formats and random values: what is written as nginx or Apache write it comes back the same.
 *
 * <p>The writer here shares nothing with the compiler: it knows the directives and their escapes from the servers'
 * documents. A format of which nothing tells where a value ends is refused when it is declared; such formats are
 * counted, and made anew.
 */
class DeclaredRoundTripTest {
    private static final int SEEDS = 20;
    private static final int FORMATS_PER_SEED = 500;
    private static final int LINES_PER_FORMAT = 10;

    private int cases;
    private int refused;

    /** What says that a format has a place for the header: as Apache declares it, as nginx does. */
    private static final Pattern GPC = Pattern.compile("(?i)\\{sec-gpc}i|\\$\\{?http_sec_gpc\\b");

    private static final Pattern DNT = Pattern.compile("(?i)\\{dnt}i|\\$\\{?http_dnt\\b");

    @Test
    void randomFormatsAndValuesComeBack(TestReporter reporter) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < FORMATS_PER_SEED; i++) {
                check(random, "seed " + seed);
            }
        }
        int formats = SEEDS * FORMATS_PER_SEED;
        reporter.publishEntry("declared formats", cases + " lines of " + formats + ", " + refused + " refused");
        assertEquals(100_000, cases);
        assertTrue(refused > 0, "no format was refused, though some have two values side by side");
        assertTrue(refused < (formats + refused) / 10, refused + " formats refused");
    }

    private void check(Random random, String where) {
        WrittenFormat format = WrittenFormat.random(random);
        Optional<LogParser> parser = parser(format);
        while (parser.isEmpty()) {
            refused++;
            format = WrittenFormat.random(random);
            parser = parser(format);
        }
        for (int line = 0; line < LINES_PER_FORMAT; line++, cases++) {
            check(parser.get(), format, WrittenLine.random(format, random), where + " format " + format.string());
        }
    }

    /** None if two values of the format stand side by side and it is refused; any other format must be taken. */
    private static Optional<LogParser> parser(WrittenFormat format) {
        SourceOptions options = new SourceOptions(
                format.escape().isNginx() ? LogFormat.NGINX : LogFormat.APACHE,
                format.string(),
                SourceOptions.DEFAULT.framing(),
                SourceOptions.DEFAULT.dataset(),
                SourceOptions.DEFAULT.zone(),
                SourceOptions.DEFAULT.trustedProxies());
        try {
            return Optional.of(LogParsers.forOptions(options));
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("stand side by side"), () -> format.string() + e);
            assertTrue(
                    format.pieces().subList(0, format.pieces().size() - 1).stream()
                            .anyMatch(piece -> piece.then().isEmpty()),
                    () -> format.string() + e);
            return Optional.empty();
        }
    }

    private static void check(LogParser parser, WrittenFormat format, WrittenLine line, String where) {
        if (GPC.matcher(format.string()).find() && DNT.matcher(format.string()).find()) {
            line.fields.put("signals.visible", "true");
        }
        Parsed parsed = new Parsed();
        parser.parse(Bytes.of(line.bytes), parsed);
        assertEquals(
                line.fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("\n")),
                parsed.text(),
                () -> where + "\n" + new String(line.bytes, StandardCharsets.UTF_8));
    }
}
