package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.tests.command.Sluice.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's opening example, run as it stands there: a {@code console} block that begins with {@code $}. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n\\$ (.*?)^```$");
    /** What is another one at each run. */
    private static final Set<String> OF_THE_RUN = Set.of("event.ingested", "visitor.id");

    @TempDir
    Path folder;

    @Test
    void theOpeningExampleIsTrue() throws IOException, InterruptedException {
        Path readme = Path.of("").toAbsolutePath().resolveSibling("README.md");
        assertTrue(Files.exists(readme), "there is no README.md");
        Matcher block = BLOCK.matcher(Files.readString(readme));
        assertTrue(block.find(), "README.md opens with a ```console block that begins with $");
        List<String> command = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : block.group(1).split("\n")) {
            boolean goesOn =
                    command.isEmpty() || command.get(command.size() - 1).endsWith("\\");
            (goesOn ? command : expected).add(line);
        }
        Run run = shell(String.join("\n", command));
        assertEquals(0, run.code(), run.err());
        assertEquals(1, run.objects().size(), "one line in, one line out");
        assertFalse(expected.isEmpty());
        same(
                new ObjectMapper().readTree(String.join("", expected)),
                run.objects().get(0));
    }

    private static void same(JsonNode expected, JsonNode printed) {
        assertEquals(names(expected), names(printed));
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            if (!OF_THE_RUN.contains(field.getKey())) {
                assertEquals(field.getValue(), printed.get(field.getKey()), field.getKey());
            }
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** Runs it in a shell, in a folder whose {@code sluice} is the command under test. */
    private Run shell(String script) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path launcher = folder.resolve("sluice");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -cp '" + classPath
                        + "' io.sluice.cli.Main \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
