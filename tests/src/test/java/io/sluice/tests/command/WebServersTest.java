package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log formats in {@code infra/web-servers}, as they stand there: a browser's signals are honoured in access logs. */
class WebServersTest {
    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("infra/web-servers");
    private static final String LINE =
            "192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET /pricing HTTP/1.1\" 200 512 \"-\""
                    + " \"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\"";
    private static final String POLICY =
            """
            policy: shows-signals-1
            extends: ottomatiq-2024-01-10
            datasets:
              marketing-site:
                hosts: [ottomatiq.example, www.ottomatiq.example]
                signals: visible
            """;

    @TempDir
    Path folder;

    private static String nginx() throws IOException {
        return quoted(Files.readString(FOLDER.resolve("nginx.conf")), Pattern.compile("'([^']*)'"), "'$remote_addr");
    }

    private static String apache() throws IOException {
        Matcher format = Pattern.compile("LogFormat \"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(Files.readString(FOLDER.resolve("apache.conf")));
        assertTrue(format.find());
        return format.group(1).replace("\\\"", "\"");
    }

    private static String quoted(String text, Pattern piece, String first) {
        StringBuilder joined = new StringBuilder();
        Matcher pieces = piece.matcher(text.substring(text.indexOf(first)));
        while (pieces.find()) {
            joined.append(pieces.group(1));
        }
        return joined.toString();
    }

    private Sluice.Run redact(String line, String... options) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        List<String> words =
                new ArrayList<>(List.of("redact", "--policy", policy.toString(), "--dataset", "marketing-site"));
        words.addAll(List.of(options));
        words.add("-");
        return new Sluice(folder).input(line + "\n").run(words.toArray(String[]::new));
    }

    @Test
    void whatABrowserSignalsIsHonoured() throws IOException {
        for (String[] format : new String[][] {{"nginx", nginx()}, {"apache", apache()}}) {
            String[] options = {"--format", format[0], "--log-format", format[1]};
            Sluice.Run silent = redact(LINE + " \"-\" \"-\" \"-\"", options);
            assertEquals(1, silent.count("released"), silent.err());
            assertTrue(silent.objects().get(0).has("visitor.id"), "a visitor, where signals would be seen");
            for (String signals : List.of("\"1\" \"-\" \"-\"", "\"-\" \"1\" \"-\"")) {
                Sluice.Run signalled = redact(LINE + " " + signals, options);
                assertEquals(1, signalled.count("released"), signalled.err());
                assertFalse(signalled.objects().get(0).has("visitor.id"), format[0] + " " + signals);
            }
            Sluice.Run optedOut = redact(LINE + " \"-\" \"-\" \"1\"", options);
            assertEquals(1, optedOut.count("suppressed"), optedOut.err());
        }
    }

    @Test
    void whereTheyHaveNoPlaceNoVisitorIsMade() throws IOException {
        String without = nginx().replace(" \"$http_sec_gpc\"", "");
        for (Sluice.Run run : List.of(
                redact(LINE, "--format", "combined"),
                redact(LINE + " \"-\" \"-\"", "--format", "nginx", "--log-format", without))) {
            assertEquals(1, run.count("released"), run.err());
            assertFalse(run.objects().get(0).has("visitor.id"));
        }
    }
}
