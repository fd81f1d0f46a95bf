package io.sluice.ingest.parse.declared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random formats and random values: what is written as nginx or Apache write it comes back the same.
 *
 * <p>The writer here shares nothing with the compiler: it knows the directives and their escapes from the servers'
 * documents.
 */
class DeclaredRoundTripTest {
    private static final int SEEDS = 20;
    private static final int LINES_PER_FORMAT = 10;

    @Test
    void randomFormatsAndValuesComeBack() {
        check(100);
    }

    /** The bar of 100,000 cases. */
    @Test
    @Tag("acceptance")
    void aHundredThousandOfThem() {
        check(5_000);
    }

    private static void check(int linesPerSeed) {
        int cases = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < linesPerSeed / LINES_PER_FORMAT; i++) {
                WrittenFormat format = WrittenFormat.random(random);
                for (int line = 0; line < LINES_PER_FORMAT; line++, cases++) {
                    check(format, random, "seed " + seed + " format " + format.string());
                }
            }
        }
        assertEquals(SEEDS * linesPerSeed, cases);
    }

    private static void check(WrittenFormat format, Random random, String where) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var expected = format.write(random, out);
        SourceOptions options = new SourceOptions(
                format.isNginx() ? LogFormat.NGINX : LogFormat.APACHE,
                format.string(),
                SourceOptions.DEFAULT.framing(),
                SourceOptions.DEFAULT.dataset(),
                SourceOptions.DEFAULT.zone(),
                SourceOptions.DEFAULT.trustedProxies());
        Parsed parsed = new Parsed();
        LogParsers.forOptions(options).parse(Bytes.of(out.toByteArray()), parsed);
        assertEquals(
                expected.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("\n")),
                parsed.text(),
                () -> where + "\n" + out.toString(StandardCharsets.UTF_8));
    }
}
