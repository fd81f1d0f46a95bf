package io.sluice.console.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.console.HandSetClock;
import io.sluice.console.audit.Refusals.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {
    private static final Refusal WRONG = new Refusal(Refusals.UNKNOWN, "POST /api/login", 401, "wrong-password");

    @TempDir
    Path folder;

    private final HandSetClock clock = new HandSetClock();

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("audit.jsonl"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private Refusals refusals() {
        return new Refusals(new AuditLog(folder.resolve("audit.jsonl"), clock), clock);
    }

    @Test
    void saysWhoWasRefusedWhatAndWhy() throws Exception {
        try (Refusals refusals = refusals()) {
            refusals.ofSession(new Refusal("ann", "POST /api/policies", 403, "role"));
        }
        assertEquals(
                "{\"time\":\"2024-01-10T12:00:00Z\",\"account\":\"ann\",\"action\":\"refused\","
                        + "\"route\":\"POST /api/policies\",\"status\":403,\"because\":\"role\"}",
                lines().get(0).toString());
    }

    @Test
    void aFloodOfAnybodyIsSummedUpAndNobodyIsForgotten() throws Exception {
        Refusals refusals = refusals();
        for (int i = 0; i < 1000; i++) {
            refusals.ofAnybody(WRONG);
        }
        // 100 of their own, and at 200, 400 and 800.
        assertEquals(103, lines().size());
        assertEquals(99, lines().get(100).path("summed").asInt());
        assertEquals(399, lines().get(102).path("summed").asInt());
        clock.pass(Duration.ofHours(1));
        refusals.ofAnybody(WRONG);
        assertEquals(200, lines().get(103).path("summed").asInt());
        refusals.ofAnybody(WRONG);
        assertFalse(lines().get(104).has("summed"));
        assertEquals(1002, refused());
    }

    @Test
    void whatHasNoLineYetIsSaidWhenTheServerEnds() throws Exception {
        try (Refusals refusals = refusals()) {
            for (int i = 0; i < 150; i++) {
                refusals.ofAnybody(WRONG);
            }
        }
        assertEquals(101, lines().size());
        assertEquals(50, lines().get(100).path("summed").asInt());
    }

    @Test
    void accountsThatAreLoggedInAreALineEach() throws Exception {
        try (Refusals refusals = refusals()) {
            for (int i = 0; i < 150; i++) {
                refusals.ofSession(new Refusal("ann", "POST /api/policies", 403, "role"));
            }
        }
        assertEquals(150, lines().size());
    }

    @Test
    void aLogThatCannotBeWrittenChangesNothingForWhoIsRefused() {
        Refusals refusals = new Refusals(new AuditLog(folder, clock), clock);
        refusals.ofSession(WRONG);
        refusals.ofAnybody(WRONG);
        refusals.close();
    }

    private long refused() throws Exception {
        return lines().stream()
                .mapToLong(line -> 1 + line.path("summed").asLong())
                .sum();
    }
}
