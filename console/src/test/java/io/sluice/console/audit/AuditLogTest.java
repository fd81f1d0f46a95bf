package io.sluice.console.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-10T12:00:00.123456Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void appendsALineForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditLog log = new AuditLog(file, CLOCK);
        log.write("jane", "activate", Map.of("exposed", List.of("a\nb")));
        log.write("joe", "approve", Map.of());
        assertEquals(
                "{\"time\":\"2024-01-10T12:00:00.123Z\",\"account\":\"jane\",\"action\":\"activate\",\"exposed\":[\"a\\nb\"]}\n"
                        + "{\"time\":\"2024-01-10T12:00:00.123Z\",\"account\":\"joe\",\"action\":\"approve\"}\n",
                Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aLineThatACrashCutOffSpoilsNoOther() throws Exception {
        Path file = Files.writeString(folder.resolve("audit.jsonl"), "{\"time\":\"20");
        new AuditLog(file, CLOCK).write("jane", "activate", Map.of());
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void saysWhenItCannotBeWritten() {
        AuditLog log = new AuditLog(folder, CLOCK);
        assertThrows(AuditUnavailable.class, () -> log.write("jane", "activate", Map.of()));
    }
}
