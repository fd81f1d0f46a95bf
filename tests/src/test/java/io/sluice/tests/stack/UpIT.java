package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.infra.Installation;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.process.Folders;
import io.sluice.infra.process.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code up} with the real Kafka and Elasticsearch; what runs in them is the end-to-end tests' matter. */
class UpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    // It waits no longer than it must; a machine with much else to do needs minutes, and twice as many with lost ports.
    private static final Duration START = Duration.ofMinutes(10);

    private Path base;
    private Path dir;
    private Path log;

    @BeforeEach
    void makeFolder() throws Exception {
        base = Files.createTempDirectory("sluice-up");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
        dir = base.resolve("data");
        log = base.resolve("up.log");
    }

    @AfterEach
    void deleteFolder() throws Exception {
        if (Files.exists(dir.resolve("elasticsearch"))) {
            ElasticsearchProcess.delete(dir.resolve("elasticsearch"));
        }
        Folders.delete(base);
    }

    @Test
    void startsFeedsCountsRestartsAndStopsWithoutATrace() throws Exception {
        List<ProcessMark> marks;
        try (ChildProcess up = up("up")) {
            up.awaitReady(() -> said("released"), START);
            marks = marks();
            assertTrue(marks.size() >= 6, "Kafka, Elasticsearch with its launcher, two jobs, the server: " + marks);
            assertTrue(marks.stream().allMatch(mark -> mark.find().isPresent()));
            assertTrue(endpoints().path("server").asText().startsWith("http://127.0.0.1:"));
            assertNothingOpen();
            assertNoPasswordShown();

            refusesASecondOne();
            ProcessMark job = mark("boundary job");
            job.find().orElseThrow().destroyForcibly();
            up.awaitReady(() -> said("boundary job: runs again"), START);
            marks = marks();
        }
        assertTrue(said("stopped; the data stay"));
        assertTrue(marks.stream().allMatch(mark -> mark.find().isEmpty()));
        assertFalse(Files.exists(dir.resolve("endpoints.json")));
    }

    @Test
    void endsWhatAKilledOneLeftAndGoesOnWithItsData() throws Exception {
        List<ProcessMark> left;
        String passwords;
        try (ChildProcess up = up("up")) {
            up.awaitReady(() -> said("released"), START);
            left = marks();
            passwords = Files.readString(dir.resolve("passwords.json"));
            // Only itself, as the kernel would in need of memory.
            up.mark().find().orElseThrow().destroyForcibly();
            up.onExit().join();
        }
        try (ChildProcess next = up("up")) {
            next.awaitReady(() -> said("left behind by an earlier up") && said("Sluice runs."), START);
            for (ProcessMark mark : left) {
                assertTrue(mark.find().isEmpty(), mark.toString());
            }
            assertEquals(passwords, Files.readString(dir.resolve("passwords.json")));
            left = marks();
        }
        assertTrue(left.stream().allMatch(mark -> mark.find().isEmpty()));
    }

    @Test
    void choosesOtherPortsWhenOthersTakeThemBetweenLookAndStart() throws Exception {
        Path ports = dir.resolve("ports.json");
        try (PortThief thief = PortThief.begin(ports);
                ChildProcess up = up("up")) {
            up.awaitReady(() -> said("released"), START);
            // Both take seconds from the choice to the start, so the thief was first.
            assertTrue(thief.taken().keySet().containsAll(List.of("kafka", "elasticsearch")), thief.toString());
            JsonNode now = JSON.readTree(ports.toFile());
            thief.taken()
                    .forEach(
                            (name, port) -> assertNotEquals(port, now.path(name).asInt(), name));
            assertEquals(
                    "127.0.0.1:" + now.path("kafka").asInt(),
                    endpoints().path("kafka").asText());
            assertEquals(
                    "http://127.0.0.1:" + now.path("server").asInt() + "/",
                    endpoints().path("server").asText());
        }
        assertTrue(said("kafka: another program took its port"));
    }

    private void refusesASecondOne() throws Exception {
        Path other = base.resolve("second.log");
        try (ChildProcess second = ChildProcess.start(command("second", other))) {
            assertEquals(1, second.onExit().join());
        }
        assertTrue(Files.readString(other).contains("Sluice already runs in " + dir));
    }

    /** Nobody else reads anything in the folder; as root, another user may pass through and no more. */
    private void assertNothingOpen() throws Exception {
        String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(dir));
        assertTrue(rights.equals("rwx------") || rights.equals("rwx--x--x"), rights);
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                String own = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertTrue(own.endsWith("------") || Files.size(file) == 0, file + " " + own);
            }
        }
    }

    private void assertNoPasswordShown() throws Exception {
        String text = Files.readString(log);
        JSON.readTree(dir.resolve("passwords.json").toFile())
                .forEach(system -> system.forEach(password -> {
                    assertFalse(text.contains(password.asText()));
                    assertTrue(ProcessHandle.allProcesses()
                            .noneMatch(process ->
                                    process.info().commandLine().orElse("").contains(password.asText())));
                }));
    }

    private ChildProcess up(String name) throws Exception {
        Files.deleteIfExists(log);
        return ChildProcess.start(command(name, log));
    }

    private Command command(String name, Path output) {
        return Command.of(
                name,
                List.of(
                        Installation.java().toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UpProgram.class.getName(),
                        dir.toString()),
                base,
                output);
    }

    private boolean said(String text) throws java.io.IOException {
        return Files.exists(log) && Files.readString(log).contains(text);
    }

    private JsonNode endpoints() throws Exception {
        return JSON.readTree(dir.resolve("endpoints.json").toFile());
    }

    private List<ProcessMark> marks() throws Exception {
        List<ProcessMark> marks = new ArrayList<>();
        for (JsonNode each : endpoints().path("processes")) {
            marks.add(new ProcessMark(
                    each.path("name").asText(),
                    each.path("pid").asLong(),
                    Instant.parse(each.path("started").asText())));
        }
        return marks;
    }

    private ProcessMark mark(String name) throws Exception {
        return marks().stream()
                .filter(mark -> mark.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
