package io.sluice.cli.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.LogFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
    private static final long KEPT = 1_000;

    @TempDir
    Path folder;

    @Test
    void aLineGoesWhenItHasItsEnd() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\ntwo\nthr");
            assertEquals("one\ntwo\n", log.look());
            assertEquals("", log.lookAfter(FollowedPath.LEFT_MILLIS * 2));
            log.write("a.log", "ee");
            assertEquals("", log.look());
            log.write("a.log", "\r\nfour\n");
            assertEquals("three\r\nfour\n", log.look());
            assertEquals("", log.look());
        }
    }

    @Test
    void aStackTraceInTheMakingIsNotTorn() throws Exception {
        try (Following log = new Following(folder, LogFormat.JAVA, "a.log")) {
            log.write("a.log", "2024-01-10 12:00:00 INFO one\n2024-01-10 12:00:01 ERROR two\n");
            assertEquals("2024-01-10 12:00:00 INFO one\n", log.look());
            log.write("a.log", "java.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)\n");
            assertEquals("", log.lookAfter(FollowedFile.SETTLED_MILLIS - 1));
            log.write("a.log", "\tat a.B.d(B.java:2)\n2024-01-10 12:00:02 INFO three\n");
            assertEquals(
                    "2024-01-10 12:00:01 ERROR two\njava.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)\n"
                            + "\tat a.B.d(B.java:2)\n",
                    log.lookAfter(FollowedFile.SETTLED_MILLIS - 1));
            assertEquals("", log.lookAfter(FollowedFile.SETTLED_MILLIS - 1));
            assertEquals("2024-01-10 12:00:02 INFO three\n", log.lookAfter(1));
        }
    }

    @Test
    void atTheEndWhatIsWholeGoesAndWhatIsNotStays() throws Exception {
        try (Following log = new Following(folder, LogFormat.JAVA, "a.log")) {
            log.write("a.log", "2024-01-10 12:00:00 INFO one\n2024-01-10 12:00:01 INFO tw");
            assertTrue(log.end());
            assertEquals("2024-01-10 12:00:00 INFO one\n", log.taken());
            log.restart();
            log.write("a.log", "o\n");
            assertTrue(log.end());
            assertEquals("2024-01-10 12:00:01 INFO two\n", log.taken());
        }
    }

    @Test
    void aRenamedFileIsReadToItsEndBesideTheNewOne() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\n");
            assertEquals("one\n", log.look());
            log.write("a.log", "two\n");
            log.rename("a.log", "a.log.1");
            assertEquals("two\n", log.look());
            log.write("a.log", "three\n");
            log.write("a.log.1", "late\nno end");
            assertEquals("late\nthree\n", log.look());
            log.write("a.log.1", " yet\n");
            log.write("a.log.1", "last");
            assertEquals("no end yet\n", log.lookAfter(FollowedPath.LEFT_MILLIS - 1));
            assertEquals("", log.lookAfter(FollowedPath.LEFT_MILLIS - 1));
            assertEquals("last", log.lookAfter(1));
            log.write("a.log", "four\n");
            assertEquals("four\n", log.look());
        }
    }

    @Test
    void aFileThatWasCopiedAndEmptiedIsReadFromItsCopyAndAnew() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\n");
            assertEquals("one\n", log.look());
            log.write("a.log", "two\n");
            log.copyAndEmpty("a.log", "a.log.1");
            log.write("a.log", "new\n");
            assertEquals("two\nnew\n", log.look());
            log.write("a.log", "three\n");
            assertEquals("three\n", log.look());
            assertEquals(List.of(), log.said());
        }
    }

    @Test
    void aFileThatWasEmptiedWithoutACopyIsReadAnew() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\ntwo\nthree\n");
            log.look();
            Files.writeString(folder.resolve("a.log"), "new\n");
            assertEquals("new\n", log.look());
            assertEquals(1, log.said().size());
        }
    }

    @Test
    void aFileThatGrewAgainBeyondItsPlaceIsStillSeenAsEmptied() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\n");
            assertEquals("one\n", log.look());
            Files.writeString(folder.resolve("a.log"), "quite another beginning\n");
            assertEquals("quite another beginning\n", log.look());
            assertEquals(1, log.said().size());
            assertTrue(log.said().get(0).contains("was emptied"), log.said().get(0));
        }
    }

    @Test
    void aFileIsWaitedForAndMayGoAndComeBack() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            assertEquals("", log.look());
            assertEquals("", log.look());
            assertEquals(List.of(folder.resolve("a.log") + " is not there; waiting for it."), log.said());
            log.write("a.log", "one\n");
            assertEquals("one\n", log.look());
            log.rename("a.log", "elsewhere");
            log.write("elsewhere", "two\n");
            assertEquals("two\n", log.look());
            log.lookAfter(FollowedPath.LEFT_MILLIS);
            log.lookAfter(FollowedPath.LEFT_MILLIS);
            log.rename("elsewhere", "a.log");
            log.write("a.log", "three\n");
            assertEquals("three\n", log.look());
            assertEquals(2, log.said().size());
        }
    }

    @Test
    void aFolderInTheWayIsSaidAndWaitedFor() throws Exception {
        Files.createDirectory(folder.resolve("a.log"));
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.look();
            log.look();
            assertEquals(List.of(folder.resolve("a.log") + " is no file; waiting for one."), log.said());
            Files.delete(folder.resolve("a.log"));
            log.write("a.log", "one\n");
            assertEquals("one\n", log.look());
        }
    }

    @Test
    void severalFilesAreFollowedSideBySide() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log", "b.log", "a.log")) {
            log.write("a.log", "a1\n");
            log.write("b.log", "b1\n");
            assertEquals("a1\nb1\n", log.lookAfter(KEPT));
            log.restart();
            log.write("b.log", "b2\n");
            assertEquals("b2\n", log.look());
        }
    }

    @Test
    void whatIsGivenBackIsSentAgain() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\n");
            log.look();
            log.stopAnswering();
            log.write("a.log", "two\n");
            assertEquals("one\ntwo\n", "one\n" + log.look());
            log.write("a.log", "three\n");
            log.look();
            log.answer(1);
            log.giveBack();
            log.write("a.log", "four\n");
            assertEquals("two\nthree\nfour\n", log.look());
        }
    }

    @Test
    void notMoreIsHandedOverThanTheBacklogTakes() throws Exception {
        String line = "x".repeat(200_000) + "\n";
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", line.repeat(120));
            log.stopAnswering();
            int first = log.look().length();
            assertTrue(first < 17_000_000, "handed over " + first);
            assertEquals("", log.look());
            log.answer();
            assertEquals(120 * line.length(), first + log.look().length());
        }
    }

    @Test
    void aSilentKafkaIsSaidOnceAndItsAnswerToo() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\n");
            log.stopAnswering();
            log.look();
            log.lookAfter(9_000);
            assertEquals(List.of(), log.said());
            log.refuse();
            log.giveBack();
            log.lookAfter(900);
            log.lookAfter(200);
            log.lookAfter(2_000);
            log.lookAfter(2_000);
            assertEquals(List.of("Kafka does not answer; waiting, and nothing is lost."), log.said());
            log.answer();
            log.look();
            assertEquals("Kafka answers again.", log.said().get(1));
        }
    }

    @Test
    void anEndWithoutAnswersIsNotComplete() throws Exception {
        try (Following log = new Following(folder, LogFormat.COMBINED, "a.log")) {
            log.write("a.log", "one\n");
            log.stopAnswering();
            assertFalse(log.end());
            assertEquals("one\n", log.taken());
            log.restart();
            log.answer();
            assertEquals("one\n", log.look());
        }
    }
}
