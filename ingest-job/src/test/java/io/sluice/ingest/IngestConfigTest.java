package io.sluice.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.source.SourceOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestConfigTest {
    private static final String BOUNDARY =
            """
            job: boundary
            topics: {prefix: eu-}
            kafka:
              bootstrap.servers: 127.0.0.1:9092
              security.protocol: SASL_PLAINTEXT
              sasl.jaas.config: ${file:jaas}
            keys: {path: keys}
            vault: {path: /srv/vault}
            checkpoints: {path: checkpoints}
            """;

    @TempDir
    Path dir;

    @Test
    void readsAWholeConfiguration() throws Exception {
        Files.writeString(dir.resolve("jaas"), "module required password=\"s3cret\";\n");
        IngestConfig config = read(
                BOUNDARY
                        + """
                        parallelism: 4
                        policy: {path: my.yaml}
                        sources:
                          raw.access-logs: {format: combined, dataset: marketing-site, trusted-proxies: [192.0.2.0/24]}
                        geo: {city: geo/city.mmdb}
                        own-hosts: [example.com]
                        web: {port: 8081}
                        flink: {taskmanager.memory.network.max: 64m, metrics.reporter.mine.port: 9250}
                        """,
                Map.of());
        assertEquals(JobKind.BOUNDARY, config.job());
        assertEquals("eu-consent", config.topics().consent());
        assertEquals(4, config.parallelism());
        assertEquals(
                "module required password=\"s3cret\";",
                config.kafka().consumer().get("sasl.jaas.config"));
        assertEquals(dir.resolve("keys"), config.stores().keys());
        assertEquals(Path.of("/srv/vault"), config.stores().vault());
        assertEquals(
                Map.of(
                        "eu-raw.access-logs",
                        Map.of(
                                SourceOption.FORMAT, "combined",
                                SourceOption.DATASET, "marketing-site",
                                SourceOption.TRUSTED_PROXIES, "192.0.2.0/24")),
                config.sources());
        assertEquals(List.of("example.com"), config.geo().ownHosts());
        assertEquals(8081, config.webPort());
        assertEquals("64m", config.flink().get("taskmanager.memory.network.max"));
        assertEquals(Duration.ofSeconds(1), config.interval());
        assertEquals("eu-boundary", config.group());
    }

    @Test
    void printsNoSecret() throws Exception {
        Files.writeString(dir.resolve("jaas"), "password=\"s3cret\"");
        IngestConfig config = read(BOUNDARY, Map.of());
        assertFalse(config.toString().contains("s3cret"), config.toString());
    }

    @Test
    void letsTheEnvironmentOverrideTheFile() throws Exception {
        Files.writeString(dir.resolve("jaas"), "x");
        IngestConfig config = read(
                BOUNDARY,
                Map.of(
                        "SLUICE_KAFKA_BOOTSTRAP_SERVERS", "192.0.2.1:9093",
                        "SLUICE_KAFKA_TRANSACTION_TIMEOUT_MS", "${env:TIMEOUT}",
                        "TIMEOUT", "60000",
                        "SLUICE_TOPICS_PREFIX", "us-",
                        "SLUICE_FLINK_TASKMANAGER_MEMORY_NETWORK_MAX", "32m",
                        "SLUICE_HOME", "/anywhere"));
        assertEquals("192.0.2.1:9093", config.kafka().bootstrapServers());
        assertEquals(Duration.ofMinutes(1), config.kafka().transactionTimeout());
        assertEquals("us-boundary", config.group());
        assertEquals("32m", config.flink().get("taskmanager.memory.network.max"));
    }

    @Test
    void reportsAllProblemsAtOnceEachWithItsPlaceAndAGuess() {
        ConfigRefused refusal = assertThrows(
                ConfigRefused.class,
                () -> read(
                        """
                        job: boundry
                        parallelism: none
                        kafka:
                          bootstrap.server: 127.0.0.1:9092
                          group.id: mine
                        kyes: {path: keys}
                        vault: {path: ''}
                        checkpoints: {path: c, interval-ms: 5}
                        sources: {raw.acces-logs: {format: combined}}
                        flink: {rest.prot: 1, pipeline.operator-chaining.enabled: false}
                        """,
                        Map.of("SLUICE_KAFKA_BOOTSTRAP_SERVER", "x")));
        List<String> lines = refusal.getMessage().lines().toList();
        assertProblem(lines, ":1:6: job is boundary or index, not boundry; did you mean boundary?");
        assertProblem(lines, ":2:14: parallelism is a whole number from 1 to 1024");
        assertProblem(
                lines, ":4:21: no client of Kafka has a property bootstrap.server; did you mean bootstrap.servers?");
        assertProblem(lines, ":5:13: kafka.group.id is set by the job: the job names its own group");
        assertProblem(lines, ":6:7: unknown key kyes; did you mean keys?");
        assertProblem(lines, ":8:37: checkpoints.interval-ms is a whole number from 100 to 600000");
        assertProblem(lines, ":9:27: no raw topic is called raw.acces-logs; did you mean raw.access-logs?");
        assertProblem(lines, ":10:20: Flink has no setting rest.prot; did you mean rest.port?");
        assertProblem(
                lines,
                ":10:59: flink.pipeline.operator-chaining.enabled cannot be set: without chains plaintext would leave"
                        + " its task");
        assertProblem(lines, "kafka.bootstrap.servers is missing");
        assertTrue(
                lines.contains("the environment variable SLUICE_KAFKA_BOOTSTRAP_SERVER:1:1: no setting has this"
                        + " variable; did you mean SLUICE_KAFKA_BOOTSTRAP_SERVERS?"),
                refusal.getMessage());
    }

    @Test
    void asksForWhatTheOtherJobNeeds() {
        ConfigRefused refusal = assertThrows(
                ConfigRefused.class,
                () -> read("job: index\nkafka: {bootstrap.servers: x}\ncheckpoints: {path: c}\n", Map.of()));
        assertTrue(refusal.getMessage().contains("subject-index.path is missing"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("elasticsearch.urls is missing"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("vault"), refusal.getMessage());
    }

    @Test
    void takesTheSecretsOfElasticsearchByTheirPlaceOnly() throws Exception {
        String index =
                """
                job: index
                kafka: {bootstrap.servers: x}
                checkpoints: {path: c}
                subject-index: {path: s}
                elasticsearch: {urls: ['https://localhost:9200'], user: sluice-index, password: '%s'}
                """;
        ConfigRefused refusal = assertThrows(ConfigRefused.class, () -> read(index.formatted("hunter2"), Map.of()));
        assertTrue(refusal.getMessage().contains("this secret is given by its place"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("hunter2"), refusal.getMessage());
        IngestConfig config = read(index.formatted("${env:PASSWORD}"), Map.of("PASSWORD", "hunter2"));
        assertFalse(config.toString().contains("hunter2"));
        ConfigRefused missing =
                assertThrows(ConfigRefused.class, () -> read(index.formatted("${env:PASSWORD}"), Map.of()));
        assertTrue(missing.getMessage().contains("the environment has no variable PASSWORD"), missing.getMessage());
    }

    @Test
    void knowsOfFlinkWhatItForbids() {
        FlinkKeys.OWN.keySet().forEach(key -> assertTrue(FlinkKeys.known().contains(key), key));
        KafkaSettings.OWN
                .keySet()
                .forEach(key -> assertTrue(KafkaSettings.known().contains(key), key));
    }

    @Test
    void saysInOneLineThatTheFileIsNotThere() {
        ConfigRefused refusal =
                assertThrows(ConfigRefused.class, () -> IngestConfig.read(dir.resolve("none.yaml"), Map.of()));
        assertEquals(1, refusal.problems().size());
    }

    private static void assertProblem(List<String> lines, String end) {
        assertTrue(
                lines.stream().anyMatch(line -> line.endsWith(end)),
                () -> end + "\n  not in\n" + String.join("\n", lines));
    }

    private IngestConfig read(String text, Map<String, String> environment) throws Exception {
        Path file = dir.resolve("sluice.yaml");
        Files.writeString(file, text);
        return IngestConfig.read(file, environment);
    }
}
