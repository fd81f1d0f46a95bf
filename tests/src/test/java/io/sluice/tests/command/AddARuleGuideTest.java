package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.tests.command.Sluice.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/add-a-rule.md literally: a block with a file's name writes that file, a {@code console} block types each
 * line that begins with {@code $} and looks for the lines below it in what is printed, in their order.
 */
class AddARuleGuideTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\\n(.*?)^```$");
    /** The steps that are shown to fail. */
    private static final Map<String, Integer> FAILING = Map.of("there is no category", 1, "newly exposed", 1);

    @TempDir
    Path folder;

    @Test
    void theGuideIsTrue() throws IOException {
        Path guide = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("add-a-rule.md");
        Matcher block = BLOCK.matcher(Files.readString(guide));
        int commands = 0;
        while (block.find()) {
            if (block.group(2) != null) {
                Path file = folder.resolve(block.group(2));
                assertTrue(Files.isDirectory(file.getParent()), "a step before makes " + file.getParent());
                Files.writeString(file, block.group(3));
            } else if (block.group(1).equals("console")) {
                commands += follow(block.group(3));
            }
        }
        assertEquals(9, commands);
    }

    private int follow(String console) {
        String[] steps = console.split("(?m)^\\$ ");
        for (int i = 1; i < steps.length; i++) {
            List<String> lines = steps[i].lines().toList();
            type(lines.get(0), lines.subList(1, lines.size()));
        }
        return steps.length - 1;
    }

    private void type(String command, List<String> expected) {
        String[] piped = command.split(" \\| grep ");
        assertTrue(piped[0].startsWith("./sluice "), command);
        Run run =
                new Sluice(folder).run(piped[0].substring("./sluice ".length()).split(" "));
        List<String> printed = new ArrayList<>(run.out().lines().toList());
        if (piped.length > 1) {
            printed.removeIf(line -> !line.contains(piped[1]));
        }
        int code = FAILING.entrySet().stream()
                .filter(failing -> expected.get(0).contains(failing.getKey()))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
        assertEquals(code, run.code(), command + "\n" + run.out() + run.err());
        int at = 0;
        for (String line : expected) {
            while (at < printed.size() && !printed.get(at).contains(line)) {
                at++;
            }
            assertTrue(at < printed.size(), command + " does not print, in this order: " + line + "\n" + run.out());
        }
    }
}
