package io.sluice.tests.scanning;

import io.sluice.infra.sample.SampleFile;
import io.sluice.redaction.detect.TextScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines that {@code sluice sample --seed 1} prints. */
public final class AccessLines {
    private AccessLines() {}

    public static List<String> of(int lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SampleFile.write(out, 1, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The same lines without what the scanner finds in them. */
    static List<String> clean(int lines, TextScanner scanner) {
        return of(lines).stream().map(scanner::replace).toList();
    }
}
