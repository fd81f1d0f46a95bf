package io.sluice.cli.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.send.SendProblem;
import io.sluice.ingest.parse.LogFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    private static final long KEPT = 1_000;

    @TempDir
    Path folder;

    private Following follow() throws SendProblem {
        return new Following(folder, LogFormat.COMBINED, "a.log");
    }

    private void writtenAt(String name, long millis) throws Exception {
        Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(millis));
    }

    @Test
    void aRestartGoesOnBehindWhatWasAcknowledgedWithoutAGap() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "one\n");
            log.look();
            log.stopAnswering();
            log.write("a.log", "two\n");
            log.look();
            log.write("a.log", "three\n");
            log.look();
            log.answer(1);
            log.taken();
            log.lookAfter(KEPT);
            log.restart();
            assertEquals("two\nthree\n", log.look());
            log.answer();
            log.lookAfter(KEPT);
            log.restart();
            assertEquals("", log.look());
            assertEquals(List.of(), log.said());
        }
    }

    @Test
    void aLongLineCutShortIsLeftBehindWhole() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "x".repeat(3 << 20) + "\nnext\n");
            String sent = log.lookAfter(KEPT);
            assertTrue(sent.length() < 2 << 20, "sent " + sent.length());
            assertTrue(sent.endsWith("xnext\n"));
            log.write("a.log", "behind\n");
            log.restart();
            assertEquals("behind\n", log.look());
        }
    }

    @Test
    void aFileRenamedMeanwhileIsFoundAgainAndSoAreThoseAfterIt() throws Exception {
        try (Following log = follow()) {
            log.write("a.log.3", "before\n");
            log.write("a.log", "one\n");
            log.lookAfter(KEPT);
            log.write("a.log", "two\n");
            log.rename("a.log", "a.log.2");
            log.write("a.log.1", "three\n");
            log.write("a.log.1.gz", "packed");
            log.write("a.log.old-copy", "of somebody else\n");
            log.write("a.log", "four\n");
            writtenAt("a.log.3", 1_000_000);
            writtenAt("a.log.2", 2_000_000);
            writtenAt("a.log.1", 3_000_000);
            log.taken();
            log.restart();
            assertEquals("two\nthree\nfour\n", log.look());
            assertEquals(List.of(), log.said());
            log.lookAfter(KEPT);
            log.restart();
            assertEquals("", log.look());
            log.write("a.log.1", "late\n");
            assertEquals("late\n", log.look());
        }
    }

    @Test
    void aFileCopiedAndEmptiedMeanwhileIsFoundInItsCopy() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "one\n");
            log.lookAfter(KEPT);
            log.write("a.log", "two\n");
            log.copyAndEmpty("a.log", "a.log-20240110");
            log.write("a.log", "quite another beginning\n");
            log.taken();
            log.restart();
            assertEquals("two\nquite another beginning\n", log.look());
            assertEquals(List.of(), log.said());
        }
    }

    @Test
    void aFileThatIsNotFoundAgainIsSaidAndTheNewOneReadFromItsBeginning() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "one\n");
            log.lookAfter(KEPT);
            Files.delete(folder.resolve("a.log"));
            log.write("a.log", "quite another beginning\n");
            log.taken();
            log.restart();
            assertEquals("quite another beginning\n", log.look());
            assertEquals(1, log.said().size());
            assertTrue(
                    log.said().get(0).contains("not found beside it"),
                    log.said().get(0));
        }
    }

    @Test
    void aFileThatWasAwayOverARestartComesBackAtItsPlace() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "one\n");
            log.look();
            log.rename("a.log", "elsewhere");
            log.look();
            log.lookAfter(FollowedPath.LEFT_MILLIS);
            log.lookAfter(FollowedPath.LEFT_MILLIS);
            log.taken();
            log.rename("elsewhere", "a.log");
            log.write("a.log", "two\n");
            log.restart();
            assertEquals("two\n", log.look());
        }
    }

    @Test
    void theStateIsForItsOwnerAloneAndHoldsNothingOfALine() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "jane@example.com\n");
            log.lookAfter(KEPT);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log.state())));
            String state = Files.readString(log.state());
            assertFalse(state.contains("jane"), state);
            assertTrue(state.contains("\"offset\" : 17"), state);
        }
    }

    @Test
    void aPlaceOfAFileThatIsNotFollowedNowIsKept() throws Exception {
        try (Following log = follow()) {
            log.write("a.log", "one\n");
            log.lookAfter(KEPT);
        }
        try (Following other = new Following(folder, LogFormat.COMBINED, "b.log")) {
            other.write("b.log", "b\n");
            other.lookAfter(KEPT);
        }
        try (Following log = follow()) {
            assertEquals("", log.look());
        }
    }

    @Test
    void aSecondFollowerOfOneStateIsRefused() throws Exception {
        try (Following log = follow()) {
            SendProblem refused = assertThrows(SendProblem.class, () -> Places.open(log.state()));
            assertTrue(refused.getMessage().contains("another `send --follow` keeps its places in"));
            assertTrue(refused.getMessage().contains("--state"));
        }
        follow().close();
    }

    @Test
    void aStateThatIsNoneIsRefused() throws Exception {
        for (String text :
                List.of("", "[]", "{\"version\":2,\"places\":[]}", "{\"version\":1,\"places\":[{}]}", "\0")) {
            Files.writeString(folder.resolve("state.json"), text);
            SendProblem refused = assertThrows(SendProblem.class, this::follow, text);
            assertTrue(refused.getMessage().contains("holds no places"), refused.getMessage());
        }
    }
}
