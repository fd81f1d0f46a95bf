package io.sluice.infra.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    @Test
    void isStoppedWithAllThatItStarted() throws Exception {
        // The shell does not hand the signal on to its child: whoever stops only the shell leaves a process behind.
        ChildProcess shell = start("sleep 600 & echo $! > child; wait");
        shell.awaitReady(() -> Files.exists(dir.resolve("child")) && Files.size(dir.resolve("child")) > 1, LONG);
        ProcessHandle child = ProcessHandle.of(
                        Long.parseLong(Files.readString(dir.resolve("child")).strip()))
                .orElseThrow();
        assertTrue(child.isAlive());
        shell.close();
        assertFalse(shell.isAlive());
        child.onExit().join();
        assertTrue(shell.mark().find().isEmpty());
    }

    @Test
    void isKilledWithAllThatItStartedBeforeItSaysSo() throws Exception {
        // Many, since the death of one is over too soon to see who waits for it.
        int children = 300;
        ChildProcess shell =
                start("i=0; while [ $i -lt " + children + " ]; do sleep 600 & i=$((i+1)); done; touch all; wait");
        shell.awaitReady(() -> Files.exists(dir.resolve("all")), LONG);
        List<ProcessMark> marks = shell.descendants();
        assertEquals(children, marks.size());
        shell.kill();
        assertEquals(0, marks.stream().filter(mark -> mark.find().isPresent()).count());
    }

    @Test
    void isEndedByForceIfItDoesNotListen() throws Exception {
        ChildProcess deaf = start("trap '' TERM; touch deaf; while true; do sleep 1; done");
        deaf.awaitReady(() -> Files.exists(dir.resolve("deaf")), LONG);
        deaf.stop(Duration.ofMillis(100));
        assertFalse(deaf.isAlive());
    }

    @Test
    void saysHowItEndedBeforeItWasReady() throws Exception {
        ChildProcess failing = start("echo 'no more disk'; exit 3");
        StartFailed failure = assertThrows(StartFailed.class, () -> failing.awaitReady(() -> false, LONG));
        assertTrue(failure.getMessage().contains("ended with code 3"), failure.getMessage());
        assertTrue(failure.getMessage().contains("no more disk"), failure.getMessage());
    }

    @Test
    void tellsALostPortFromOtherFailures() throws Exception {
        ChildProcess beaten = start("echo 'java.net.BindException: Address already in use'; exit 1");
        StartFailed lost = assertThrows(StartFailed.class, () -> beaten.awaitReady(() -> false, LONG));
        assertTrue(lost.isPortTaken(), lost.getMessage());
        // The log is the same file; what an earlier start said is none of this one's business.
        ChildProcess failing = start("exit 3");
        StartFailed other = assertThrows(StartFailed.class, () -> failing.awaitReady(() -> false, LONG));
        assertFalse(other.isPortTaken(), other.getMessage());
    }

    @Test
    void isStoppedWhenItIsNotReadyInTime() throws Exception {
        ChildProcess slow = start("sleep 600");
        assertThrows(StartFailed.class, () -> slow.awaitReady(() -> false, Duration.ofMillis(100)));
        assertFalse(slow.isAlive());
    }

    @Test
    void appendsToItsLogAndPrintsNoArgument() throws Exception {
        start("echo one").onExit().join();
        start("echo two").onExit().join();
        assertEquals(List.of("one", "two"), Files.readAllLines(dir.resolve("log")));
        assertFalse(Command.of("x", List.of("secret"), dir, dir.resolve("log"))
                .toString()
                .contains("secret"));
    }

    private ChildProcess start(String script) throws Exception {
        return ChildProcess.start(Command.of("shell", List.of("sh", "-c", script), dir, dir.resolve("log")));
    }
}
