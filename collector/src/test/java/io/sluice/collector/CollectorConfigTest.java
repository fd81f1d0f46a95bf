package io.sluice.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorConfigTest {
    @TempDir
    Path folder;

    private CollectorConfig read(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("collector.yaml"), yaml);
        return CollectorConfig.read(file, Map.of("BROKER", "127.0.0.1:9092"));
    }

    @Test
    void defaultsAndSecretsByTheirPlace() throws Exception {
        Files.writeString(folder.resolve("jaas"), "s3cr3t\n");
        CollectorConfig config = read(
                """
                kafka:
                  bootstrap.servers: ${env:BROKER}
                  sasl.jaas.config: ${file:jaas}
                trusted-proxies: [192.0.2.0/24, '2001:db8::/32']
                gpc-last-update: 2024-02-01
                """);
        assertEquals("127.0.0.1", config.host());
        assertEquals(8483, config.port());
        assertEquals("127.0.0.1:9092", config.kafka().get("bootstrap.servers"));
        assertEquals("s3cr3t", config.kafka().get("sasl.jaas.config"));
        assertEquals(List.of("*"), config.origins());
        assertEquals(1024 * 1024, config.largestBody());
        assertEquals("2024-02-01", config.gpcLastUpdate());
        assertFalse(config.toString().contains("s3cr3t"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        String message = assertThrows(
                        ConfigRefused.class,
                        () -> read(
                                "kafka: {a: '${env:NONE}'}\nlimits: {body-bytes: 0}\nlisten: {prot: 1}\ntrusted-proxies: [x]\n"))
                .getMessage();
        for (String part : List.of("bootstrap.servers", "NONE", "body-bytes", "prot", "192.0.2.0/24")) {
            assertTrue(message.contains(part), part);
        }
        assertThrows(ConfigRefused.class, () -> read("a: [b"));
    }
}
