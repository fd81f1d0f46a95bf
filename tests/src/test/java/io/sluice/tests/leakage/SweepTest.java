package io.sluice.tests.leakage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.github.luben.zstd.Zstd;
import io.sluice.tests.leakage.Canaries.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sweep finds what it is meant to find: otherwise its silence would mean nothing. */
class SweepTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsEveryKindInEverySpelling(Kind kind) {
        Canaries canaries = new Canaries(1);
        String text = canaries.plant(kind, "a place");
        Needles needles = new Needles(canaries.planted());
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder percent = new StringBuilder();
        for (byte b : utf8) {
            percent.append(String.format("%%%02X", b));
        }
        for (String before : List.of("", "x", "xy", "xyz", "a longer text ")) {
            for (String spelled : List.of(
                    before + text + " after",
                    URLEncoder.encode(before + text, StandardCharsets.UTF_8),
                    before + percent,
                    Base64.getEncoder().encodeToString((before + text + "z").getBytes(StandardCharsets.UTF_8)),
                    Base64.getUrlEncoder().encodeToString((before + text).getBytes(StandardCharsets.UTF_8)),
                    HexFormat.of().formatHex((before + text).getBytes(StandardCharsets.UTF_8)),
                    before + text.toUpperCase(java.util.Locale.ROOT))) {
                assertEquals(
                        1, new Sweep("s", needles).text("here", spelled).hits().size(), spelled);
            }
            for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                assertEquals(
                        1,
                        new Sweep("s", needles)
                                .bytes("here", (before + text).getBytes(charset))
                                .hits()
                                .size());
            }
        }
    }

    @Test
    void findsItInPackedFilesAndInNames() throws IOException {
        Canaries canaries = new Canaries(2);
        String text = canaries.plant(Kind.LOGIN, "a place");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("a.gz"), zipped.toByteArray());
        Files.write(folder.resolve("b.zst"), Zstd.compress(text.repeat(20).getBytes(StandardCharsets.UTF_8)));
        Files.writeString(folder.resolve(text), "nothing");
        Sweep sweep = new Sweep("s", new Needles(canaries.planted())).folder(folder);
        for (String name : List.of("a.gz", "b.zst", "name of")) {
            assertFalse(sweep.hits().stream().noneMatch(hit -> hit.contains(name)), name + " in " + sweep.hits());
        }
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        Canaries canaries = new Canaries(3);
        for (Kind kind : Kind.values()) {
            canaries.plant(kind, "a place");
        }
        byte[] noise = new byte[4 << 20];
        new Random(4).nextBytes(noise);
        assertEquals(
                List.of(),
                new Sweep("s", new Needles(canaries.planted()))
                        .bytes("noise", noise)
                        .hits());
    }
}
