package io.sluice.console.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.TaskPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskPositionsTest {
    private static final Instant START = Instant.parse("2024-01-10T12:00:00Z");
    private final TaskPositions positions = new TaskPositions("consent", Duration.ofSeconds(30));

    private void report(String attempt, int subtask, int of, long offset, int second) {
        positions.report(new TaskPosition(attempt, subtask, of, "consent", offset), at(second));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    @Test
    void isInForceWhenTheLastSubtaskHasReachedTheEntry() {
        report("a", 0, 2, 8, 1);
        assertEquals(Optional.empty(), positions.inForceSince(7, at(2)));
        report("a", 1, 2, 7, 3);
        // A position is the offset behind the last entry in force: 7 says that 6 is.
        assertEquals(Optional.empty(), positions.inForceSince(7, at(4)));
        report("a", 1, 2, 8, 5);
        assertEquals(Optional.of(at(5)), positions.inForceSince(7, at(6)));
        assertEquals(Optional.of(at(3)), positions.inForceSince(6, at(6)));
    }

    @Test
    void keepsTheTimeOfTheFirstReportAndNotOfItsRepetition() {
        report("a", 0, 1, 8, 1);
        report("a", 0, 1, 8, 9);
        report("a", 0, 1, 12, 20);
        assertEquals(Optional.of(at(1)), positions.inForceSince(7, at(21)));
    }

    @Test
    void asksTheRunningAttemptAlone() {
        report("a", 0, 1, 8, 1);
        report("b", 0, 2, 8, 2);
        assertEquals(Optional.empty(), positions.inForceSince(7, at(3)));
        report("b", 1, 2, 8, 4);
        assertEquals(Optional.of(at(4)), positions.inForceSince(7, at(5)));
    }

    @Test
    void takesNoPositionOfAnotherRegisterForOneOfItsOwn() {
        report("a", 0, 1, 7, 1);
        positions.report(new TaskPosition("a", 0, 1, "policies", 100L), at(2));
        assertEquals(Optional.empty(), positions.inForceSince(7, at(3)));
    }

    @Test
    void holdsAnAttemptForEndedThatHasFallenSilent() {
        assertFalse(positions.isRunning(at(0)));
        report("a", 0, 1, 8, 1);
        assertTrue(positions.isRunning(at(30)));
        assertFalse(positions.isRunning(at(31)));
        assertEquals(Optional.empty(), positions.inForceSince(7, at(31)));
    }
}
