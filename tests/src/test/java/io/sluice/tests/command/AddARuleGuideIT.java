package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.CleanEvent;
import io.sluice.tests.stack.CleanTopic;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.WithSluice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/add-a-rule.md from its first command to its last, before a running Sluice: a detector for a fictitious member
 * number proposed, tested, explained, compared, tried, live and rolled back. Beside what the guide shows, it looks at what
 * leaves.
 */
@WithSluice
class AddARuleGuideIT {
    @TempDir
    Path folder;

    private RunningSluice sluice;

    @BeforeAll
    void take(RunningSluice shared) {
        sluice = shared;
    }

    @Test
    void theGuideIsTrueFromTheIdeaToTheWayBack() throws Exception {
        try (CleanTopic analytics = sluice.clean("analytics")) {
            // Where `up` without --dir has its folder.
            Files.createSymbolicLink(folder.resolve(".sluice"), sluice.folder());
            GuideSteps steps = new GuideSteps(folder);
            String guide = GuideSteps.guide();
            steps.follow(guide, "console", this::type);
            List<String> notes = new ArrayList<>();
            notes.add(note(analytics));
            steps.follow(guide, "live", words -> {
                Sluice.Run run = type(patient(words));
                if (String.join(" ", words).matches("rules approve .*--wait")) {
                    notes.add(note(analytics));
                }
                return run;
            });
            assertEquals(
                    List.of("null null", "member <client-information> renewed part M-77777 ordered", "null null"),
                    notes,
                    "before, live, and rolled back");
            assertCovered(steps.typed());
        }
    }

    /** Nothing of the way may go missing from the guide. */
    private static void assertCovered(List<String> typed) {
        List<String> way = List.of(
                "rules new policy",
                "rules new detector",
                "rules lint",
                "rules new rule",
                "rules test",
                "rules explain",
                "rules diff",
                "rules activate my-rules/policy.yaml --dry-run",
                "rules shadow my-rules/policy.yaml",
                "rules activate my-rules/policy.yaml",
                "rules approve",
                "rules rollback",
                "rules approve");
        int at = 0;
        for (String step : way) {
            while (at < typed.size() && !typed.get(at).startsWith("./sluice " + step)) {
                at++;
            }
            assertTrue(at < typed.size(), step + " is not in the guide, in this order: " + typed);
        }
    }

    private Sluice.Run type(String... words) {
        Sluice.Run run = new Sluice(folder).clock(Clock.systemUTC()).run(words);
        assertFalse(run.err().contains("this is a fault of Sluice"), run.err());
        return run;
    }

    /** On a machine that has much else to do the two minutes of --wait may not be enough. */
    private static String[] patient(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (all.get(all.size() - 1).equals("--wait")) {
            all.add("900");
        }
        return all.toArray(String[]::new);
    }

    /** Sends the samples of the guide; what becomes of the note of each. */
    private String note(CleanTopic analytics) {
        try {
            analytics.read();
            sluice.send(folder.resolve("my-rules/sample.jsonl"), "--format", "usage");
            List<CleanEvent> events = new ArrayList<>();
            sluice.await("the events of the samples", () -> {
                events.addAll(analytics.read());
                return events.size() >= 2;
            });
            return note(events.get(0)) + " " + note(events.get(1));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object note(CleanEvent event) {
        return event.getProps() == null ? null : event.getProps().get("note");
    }
}
