package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.tests.command.Sluice.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows docs/add-a-rule.md literally: a block with a file's name writes that file, a block of commands types each line that
 * begins with {@code $} and looks for the lines below it in what is printed, in their order. A time or the number of a
 * request stands for any other; a request that was printed is typed as it was printed.
 */
final class GuideSteps {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\\n(.*?)^```$");
    private static final Pattern VARIES =
            Pattern.compile("(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)|\\b(?<request>[0-9a-f]{8})\\b");
    /** The steps that are shown to end with exit code 1, by a line that they print. */
    private static final List<String> FAILING = List.of(
            "there is no category",
            "newly exposed",
            "not activated: it exposes something new",
            "waiting for a second account");

    private final Path folder;
    private final Map<String, String> requests = new HashMap<>();
    private final List<String> typed = new ArrayList<>();

    /** What types a command. */
    @FunctionalInterface
    interface Shell {
        Run run(String... words);
    }

    GuideSteps(Path folder) {
        this.folder = folder;
    }

    /** The guide. */
    static String guide() throws IOException {
        return Files.readString(
                Path.of("").toAbsolutePath().resolveSibling("docs").resolve("add-a-rule.md"));
    }

    /** The commands that were typed, in their order. */
    List<String> typed() {
        return typed;
    }

    /** Writes the files, and types the blocks of one kind. */
    void follow(String guide, String kind, Shell shell) throws IOException {
        Matcher block = BLOCK.matcher(guide);
        while (block.find()) {
            if (block.group(2) != null) {
                Path file = folder.resolve(block.group(2));
                assertTrue(Files.isDirectory(file.getParent()), "a step before makes " + file.getParent());
                Files.writeString(file, block.group(3));
            } else if (block.group(1).equals(kind)) {
                type(block.group(3), shell);
            }
        }
    }

    private void type(String commands, Shell shell) {
        String[] steps = commands.split("(?m)^\\$ ");
        for (int i = 1; i < steps.length; i++) {
            List<String> lines = steps[i].lines().toList();
            type(lines.get(0), lines.subList(1, lines.size()), shell);
        }
    }

    private void type(String line, List<String> expected, Shell shell) {
        String command = line;
        for (Map.Entry<String, String> request : requests.entrySet()) {
            command = command.replace(request.getKey(), request.getValue());
        }
        typed.add(command);
        String[] piped = command.split(" \\| grep ");
        assertTrue(piped[0].startsWith("./sluice "), command);
        Run run = shell.run(piped[0].substring("./sluice ".length()).split(" "));
        List<String> printed = new ArrayList<>(run.out().lines().toList());
        if (piped.length > 1) {
            String sought = piped[1];
            printed.removeIf(each -> !each.contains(sought));
        } else {
            printed.addAll(run.err().lines().toList());
        }
        boolean fails = FAILING.stream().anyMatch(sign -> expected.get(0).contains(sign));
        assertEquals(fails ? 1 : 0, run.code(), command + "\n" + run.out() + run.err());
        int at = 0;
        for (String each : expected) {
            while (at < printed.size() && !isIn(printed.get(at), each)) {
                at++;
            }
            assertTrue(
                    at < printed.size(),
                    command + " does not print, in this order: " + each + "\n" + run.out() + run.err());
        }
    }

    /** Whether a printed line has what the guide shows, whatever the time and the request; notes the request. */
    private boolean isIn(String printed, String shown) {
        StringBuilder pattern = new StringBuilder();
        List<String> shownRequests = new ArrayList<>();
        Matcher varies = VARIES.matcher(shown);
        int from = 0;
        while (varies.find()) {
            pattern.append(Pattern.quote(shown.substring(from, varies.start())));
            if (varies.group("request") == null) {
                pattern.append("[0-9]{4}-[0-9T:.-]+Z");
            } else {
                pattern.append("([0-9a-f]{8})");
                shownRequests.add(varies.group());
            }
            from = varies.end();
        }
        pattern.append(Pattern.quote(shown.substring(from)));
        Matcher found = Pattern.compile(pattern.toString()).matcher(printed);
        if (!found.find()) {
            return false;
        }
        for (int i = 0; i < shownRequests.size(); i++) {
            requests.put(shownRequests.get(i), found.group(i + 1));
        }
        return true;
    }
}
