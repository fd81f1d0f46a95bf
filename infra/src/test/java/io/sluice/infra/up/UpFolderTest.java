package io.sluice.infra.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.process.Ports;
import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.process.StartFailed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpFolderTest {
    @TempDir
    Path base;

    @Test
    void isHeldByOneAtATime() throws Exception {
        try (UpFolder folder = UpFolder.open(base.resolve("data"))) {
            StartFailed refused = assertThrows(StartFailed.class, () -> UpFolder.open(folder.dir()));
            assertTrue(refused.getMessage().contains("already runs in " + folder.dir()));
        }
        UpFolder.open(base.resolve("data")).close();
    }

    @Test
    void takesNoFolderWithFilesOfOthers() throws Exception {
        Path theirs = base.resolve("theirs");
        Files.createDirectories(theirs);
        Files.writeString(theirs.resolve("thesis.txt"), "years of work");
        StartFailed refused = assertThrows(StartFailed.class, () -> UpFolder.open(theirs));
        assertTrue(refused.getMessage().contains("files of others"));
        assertTrue(Files.exists(theirs.resolve("thesis.txt")));
    }

    @Test
    void startsOverWithoutLosingItsLock() throws Exception {
        try (UpFolder folder = UpFolder.open(base.resolve("data"))) {
            Files.writeString(folder.folder("vault").resolve("block"), "x");
            Files.writeString(folder.file("passwords.json"), "{}");
            folder.empty();
            assertFalse(Files.exists(folder.file("passwords.json")));
            assertFalse(Files.exists(folder.dir().resolve("vault")));
            assertThrows(StartFailed.class, () -> UpFolder.open(folder.dir()));
        }
    }

    @Test
    void saysWhereItCannotWrite() throws Exception {
        Path file = base.resolve("file");
        Files.writeString(file, "no folder");
        StartFailed refused = assertThrows(StartFailed.class, () -> UpFolder.open(file.resolve("data")));
        assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
    }

    @Test
    void saysThatTheDiskIsFullBeforeAnythingIsWritten() throws Exception {
        StartFailed refused = assertThrows(StartFailed.class, () -> UpFolder.requireRoom(base, 300L << 20));
        assertEquals(
                "the disk of " + base + " has 300 MB left and Sluice needs 2048: free some, or choose another disk with"
                        + " --dir",
                refused.getMessage());
        UpFolder.requireRoom(base, 2L << 30);
    }

    @Test
    void passwordsAreRandomKeptAndForTheirOwnerAlone() throws Exception {
        Path file = base.resolve("passwords.json");
        Passwords first = Passwords.open(file, Map.of("kafka", List.of("a", "b")), new SecureRandom());
        Passwords later = Passwords.open(file, Map.of("kafka", List.of("a", "c")), new SecureRandom());
        assertEquals(first.of("kafka", "a"), later.of("kafka", "a"));
        assertEquals(3, new HashSet<>(later.of("kafka").values()).size());
        assertTrue(first.of("kafka", "a").length() >= 24);
        Passwords other = Passwords.open(base.resolve("other"), Map.of("kafka", List.of("a")), new SecureRandom());
        assertNotEquals(first.of("kafka", "a"), other.of("kafka", "a"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void portsStayTheSameUntilSomebodyTakesThem() throws Exception {
        Path file = base.resolve("ports.json");
        int first = PortBook.open(file).choose(PortBook.Use.SERVER);
        assertEquals(first, PortBook.open(file).choose(PortBook.Use.SERVER));
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            PortBook later = PortBook.open(file);
            int other = later.choose(PortBook.Use.SERVER);
            assertNotEquals(taken.getLocalPort(), other);
            assertTrue(Ports.isFree(other));
            assertEquals(other, later.of(PortBook.Use.SERVER));
        }
        assertNotEquals(first, PortBook.open(file).of(PortBook.Use.SERVER));
    }

    @Test
    void aPortThatOthersKnowIsKept() throws Exception {
        PortBook ports = PortBook.open(base.resolve("ports.json"));
        int first = ports.choose(PortBook.Use.KAFKA);
        ports.keep(PortBook.Use.KAFKA);
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(taken.getLocalPort(), ports.choose(PortBook.Use.KAFKA));
        }
    }

    @Test
    void endpointsNameWhatMayHaveBeenLeftBehind() throws Exception {
        Path file = base.resolve("endpoints.json");
        assertEquals(List.of(), Endpoints.leftBehind(file));
        Endpoints endpoints = new Endpoints(file);
        ProcessMark self = ProcessMark.of("self", ProcessHandle.current());
        endpoints.address("server", "http://127.0.0.1:1/");
        endpoints.address("flink.index", "http://127.0.0.1:2");
        endpoints.running("self", List.of(self));
        assertEquals(List.of(self), Endpoints.leftBehind(file));
        String text = Files.readString(file);
        assertTrue(text.contains("\"server\" : \"http://127.0.0.1:1/\""), text);
        assertTrue(text.contains("\"flink\" : {"), text);
        endpoints.delete();
        assertEquals(List.of(), Endpoints.leftBehind(file));
    }
}
