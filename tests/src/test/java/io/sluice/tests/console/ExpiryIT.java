package io.sluice.tests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.console.expiry.Expiry;
import io.sluice.console.expiry.ExpirySettings;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.process.Folders;
import io.sluice.keys.Bucket;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Expiry with the shipped roles in a real Elasticsearch, and a clock that the test moves. */
@TestInstance(Lifecycle.PER_CLASS)
class ExpiryIT {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 10);
    private static final Map<String, Duration> RETENTIONS =
            Map.of("analytics", Duration.ofDays(90), "security", Duration.ofDays(90), "operations", Duration.ofDays(7));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2024-01-10T12:00:00Z"));
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    private final AtomicReference<Map<String, Duration>> retentions = new AtomicReference<>(RETENTIONS);

    private Path dir;
    private ElasticsearchProcess elasticsearch;

    @BeforeAll
    void start() throws Exception {
        dir = Files.createTempDirectory("sluice-expiry");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
        elasticsearch = ElasticsearchProcess.start(ElasticsearchSettings.of(
                dir.resolve("es"),
                List.of(
                        new ElasticsearchUser("boss", "boss-pw", List.of("superuser")),
                        new ElasticsearchUser("expirer", "expirer-pw", List.of(ElasticsearchRoles.EXPIRY)),
                        new ElasticsearchUser("server", "server-pw", List.of(ElasticsearchRoles.SERVER))),
                new ElasticsearchRoles(new Indices("")).yaml()));
    }

    @AfterAll
    void stop() throws Exception {
        elasticsearch.close();
        ElasticsearchProcess.delete(dir.resolve("es"));
        Folders.delete(dir);
    }

    @Test
    void endsEachStoreWhenItsTimeIsOverAndNothingElse() throws Exception {
        String[] all = {
            "operations-events-2024.01.10",
            "security-events-2024.01.10",
            "usage-events-2024.01.10",
            "usage-events-2024.01.11",
            "usage-events-notes",
            "others-2024.01.10"
        };
        try (RestClient boss = connection("boss").open(Duration.ofSeconds(30))) {
            for (String index : all) {
                boss.performRequest(new Request("PUT", "/" + index));
            }
        }
        Path vault = bucketFolders("vault", "2024-01-10T12", "2024-01-10T12-quarantine", "2024-01-10T13");
        Path subjects = bucketFolders("subjects", "2024-01-10", "2024-01-11");
        try (ServerKeyStore keys = ServerKeyStore.open(dir.resolve("keys"), clock, new SecureRandom());
                Expiry expiry = new Expiry(settings(vault, subjects, "expirer"), keys, retentions::get, clock)) {
            keys.make(DAY, DAY);
            assertEquals(report(List.of(), List.of(), List.of()), expiry.expire());

            now.set(Instant.parse("2024-01-16T23:59:59Z"));
            assertEquals(List.of(), expiry.expire().indices());
            now.set(Instant.parse("2024-01-17T00:00:00Z"));
            assertEquals(List.of(all[0]), expiry.expire().indices());

            now.set(Instant.parse("2024-01-24T13:00:00Z"));
            assertEquals(List.of("2024-01-10T12-quarantine"), expiry.expire().buckets());
            now.set(Instant.parse("2024-02-09T13:00:00Z"));
            assertEquals(report(List.of("2024-01-10T12"), List.of(), List.of()), expiry.expire());
            assertTrue(keys.isGone(Bucket.parse("2024-01-10T12")));
            assertFalse(keys.isGone(Bucket.parse("2024-01-10T13")));
            assertEquals(List.of("2024-01-10T13"), names(vault));

            now.set(Instant.parse("2024-04-09T00:00:00Z"));
            assertEquals(report(List.of("2024-01-10T13"), List.of(DAY), List.of(all[1], all[2])), expiry.expire());
            assertEquals(List.of("2024-01-11"), names(subjects));
            assertEquals(report(List.of(), List.of(), List.of()), expiry.expire());
        }
        try (RestClient boss = connection("boss").open(Duration.ofSeconds(30))) {
            TreeSet<String> left = new TreeSet<>();
            new ObjectMapper()
                    .readTree(boss.performRequest(new Request("GET", "/*/_settings/index.creation_date"))
                            .getEntity()
                            .getContent())
                    .fieldNames()
                    .forEachRemaining(left::add);
            left.removeIf(name -> name.startsWith("."));
            assertEquals(new TreeSet<>(List.of(all[3], all[4], all[5])), left);
        }
    }

    @Test
    void eachRoundGoesByTheRetentionsOfItsTime() throws Exception {
        now.set(Instant.parse("2025-01-13T12:00:00Z"));
        Path vault = bucketFolders("vault-3");
        Path subjects = bucketFolders("subjects-3", "2025-01-10");
        try (RestClient boss = connection("boss").open(Duration.ofSeconds(30));
                ServerKeyStore keys = ServerKeyStore.open(dir.resolve("keys-3"), clock, new SecureRandom());
                Expiry expiry = new Expiry(settings(vault, subjects, "expirer"), keys, retentions::get, clock)) {
            // What other tests have left.
            expiry.expire();
            boss.performRequest(new Request("PUT", "/operations-events-2025.01.10"));
            boss.performRequest(new Request("PUT", "/usage-events-2025.01.10"));
            assertEquals(report(List.of(), List.of(), List.of()), expiry.expire());
            retentions.set(Map.of("analytics", Duration.ofDays(90), "operations", Duration.ofDays(3)));
            assertEquals(report(List.of(), List.of(), List.of("operations-events-2025.01.10")), expiry.expire());
            retentions.set(Map.of("analytics", Duration.ofDays(2), "operations", Duration.ofDays(2)));
            assertEquals(
                    report(List.of(), List.of(LocalDate.of(2025, 1, 10)), List.of("usage-events-2025.01.10")),
                    expiry.expire());
        } finally {
            retentions.set(RETENTIONS);
        }
    }

    @Test
    void theAccountThatDropsReadsNothingAndTheOneThatReadsDropsNothing() throws Exception {
        String index = "/usage-events-2031.01.10";
        try (RestClient boss = connection("boss").open(Duration.ofSeconds(30));
                RestClient expirer = connection("expirer").open(Duration.ofSeconds(30));
                RestClient server = connection("server").open(Duration.ofSeconds(30))) {
            boss.performRequest(new Request("PUT", index));
            assertForbidden(expirer, new Request("GET", index + "/_search"));
            assertForbidden(expirer, new Request("PUT", "/usage-events-2031.01.11"));
            assertForbidden(expirer, new Request("DELETE", "/others-2031.01.10"));
            assertForbidden(server, new Request("DELETE", index));
        }
    }

    @Test
    void aStoreThatRefusesKeepsNoOtherFromExpiringAndIsSaid() throws Exception {
        now.set(Instant.parse("2024-06-01T00:00:00Z"));
        try (RestClient boss = connection("boss").open(Duration.ofSeconds(30))) {
            boss.performRequest(new Request("PUT", "/usage-events-2024.02.01"));
        }
        Path vault = bucketFolders("vault-2", "2024-02-01T12");
        Path subjects = bucketFolders("subjects-2", "2024-02-01");
        try (ServerKeyStore keys = ServerKeyStore.open(dir.resolve("keys-2"), clock, new SecureRandom());
                // The server's own account, which may not drop.
                Expiry expiry = new Expiry(settings(vault, subjects, "server"), keys, () -> RETENTIONS, clock)) {
            Expiry.Report report = expiry.expire();
            assertEquals(List.of("2024-02-01T12"), report.buckets());
            assertEquals(List.of(), report.indices());
            assertEquals(1, report.failed().size(), report.toString());
            assertTrue(report.failed().get(0).startsWith("Elasticsearch refused"), report.toString());
            assertEquals(List.of("2024-02-01"), names(subjects), "what finds a copy stays as long as the copy");
        }
    }

    private static void assertForbidden(RestClient client, Request request) {
        ResponseException refusal = assertThrows(ResponseException.class, () -> client.performRequest(request));
        assertEquals(403, refusal.getResponse().getStatusLine().getStatusCode());
    }

    private static Expiry.Report report(List<String> buckets, List<LocalDate> days, List<String> indices) {
        return new Expiry.Report(buckets, days, indices, List.of());
    }

    private ExpirySettings settings(Path vault, Path subjects, String user) {
        return new ExpirySettings(vault, subjects, connection(user), RETENTIONS);
    }

    private ElasticsearchConnection connection(String user) {
        return new ElasticsearchConnection(
                List.of(elasticsearch.url()),
                null,
                new Credentials.User(user, Secret.of((user + "-pw").toCharArray())),
                "");
    }

    private Path bucketFolders(String name, String... folders) throws Exception {
        Path parent = Files.createDirectories(dir.resolve(name));
        for (String folder : folders) {
            Files.createDirectories(parent.resolve(folder));
            Files.writeString(parent.resolve(folder).resolve("a-file.avro"), "sealed");
        }
        return parent;
    }

    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
