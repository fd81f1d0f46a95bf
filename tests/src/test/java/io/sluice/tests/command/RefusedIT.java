package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.process.Folders;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.RefusedDocument;
import io.sluice.sinks.elasticsearch.CleanDocument;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.KafkaRefusedTopic;
import io.sluice.sinks.elasticsearch.Secret;
import io.sluice.tests.command.Sluice.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code refused} with the real topic and a real Elasticsearch, as the index job's account. */
class RefusedIT {
    private static final String INDEX = "usage-events-2024.01.10";
    private static final Instant RECEIVED = Instant.parse("2024-01-10T12:00:00Z");
    private static final String LATER = "2024-01-10T12:00:05Z";

    private Path dir;
    private BrokerProcess broker;
    private ElasticsearchProcess elasticsearch;

    @BeforeEach
    void start() throws Exception {
        dir = Files.createTempDirectory("sluice-refused");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
        broker = BrokerProcess.start(BrokerSettings.plain(dir.resolve("kafka")));
        try (Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("anybody")))) {
            admin.createTopics(List.of(new NewTopic("refused", 2, (short) 1)))
                    .all()
                    .get();
        }
        elasticsearch = ElasticsearchProcess.start(ElasticsearchSettings.of(
                dir.resolve("es"),
                List.of(
                        new ElasticsearchUser("boss", "boss-pw", List.of("superuser")),
                        new ElasticsearchUser("indexer", "indexer-pw", List.of(ElasticsearchRoles.INDEX))),
                new ElasticsearchRoles(new Indices("")).yaml()));
    }

    @AfterEach
    void stop() throws Exception {
        elasticsearch.close();
        broker.close();
        ElasticsearchProcess.delete(dir.resolve("es"));
        Folders.delete(dir);
    }

    @Test
    void listsWhatWasRefusedAndSendsItAgain() throws Exception {
        String good = new String(new CleanDocument().write(event()).toBytes(), StandardCharsets.UTF_8);
        refuse("good-1", good);
        refuse("bad-1", good.replace("\"dataset\"", "\"no.such.field\":1,\"dataset\""));
        try (RestClient boss = connection().open(Duration.ofSeconds(60))) {
            IndexTemplates.ofOneNode(new Indices("")).install(boss);
            boss.performRequest(new Request("PUT", "/" + INDEX));

            Run list = sluice().run("refused", "list", "--config", "index.yaml");
            assertEquals(0, list.code(), list.err());
            assertEquals(
                    List.of(
                            String.join("\t", LATER, INDEX, "bad-1", "document_parsing_exception"),
                            String.join("\t", LATER, INDEX, "good-1", "document_parsing_exception")),
                    list.out().lines().sorted().toList());
            assertTrue(list.err().contains("2 documents are refused"), list.err());
            Run json = sluice().run("refused", "list", "--json", "--config", "index.yaml");
            assertTrue(json.objects().stream()
                    .anyMatch(one -> one.at("/id").asText().equals("good-1")
                            && one.path("document").path("dataset").asText().equals("application")));

            Run retry = sluice().run("refused", "retry", "--config", "index.yaml");
            assertEquals(1, retry.code(), "one is still at fault: " + retry.err());
            assertEquals(
                    "Indexed 1, there already 0, fenced 0, refused again 1, held back 0.",
                    retry.out().strip());
            JsonNode found = new ObjectMapper()
                    .readTree(boss.performRequest(new Request("GET", "/" + INDEX + "/_doc/good-1"))
                            .getEntity()
                            .getContent());
            assertEquals("application", found.path("_source").path("dataset").asText());

            Run left = sluice().run("refused", "list", "--config", "index.yaml");
            assertEquals(1, left.out().lines().count(), left.out());
            assertTrue(left.out().contains("\tbad-1\t"), left.out());
        }

        elasticsearch.close();
        Run away = sluice().run("refused", "retry", "--json", "--config", "index.yaml");
        assertEquals(1, away.code());
        assertEquals(1, away.objects().get(0).path("held_back").asInt(), away.out());
        assertTrue(away.err().contains("holds back"), away.err());
        assertFalse(away.err().contains("\tat "), away.err());
    }

    private void refuse(String id, String document) {
        try (KafkaRefusedTopic topic = KafkaRefusedTopic.open(broker.clientProperties("anybody"), "refused")) {
            topic.send(RefusedDocument.newBuilder()
                            .setId(id)
                            .setIndex(INDEX)
                            .setReason("document_parsing_exception")
                            .setRefused(Instant.parse(LATER))
                            .setDocument(document)
                            .build())
                    .join();
        }
    }

    private static CleanEvent event() {
        return CleanEvent.newBuilder()
                .setTimestamp(RECEIVED)
                .setEventId("good-1")
                .setEventIngested(RECEIVED)
                .setPolicyVersion("ottomatiq-2024-01-10")
                .setDataset("application")
                .setEventProvider("access-log")
                .build();
    }

    private ElasticsearchConnection connection() {
        return new ElasticsearchConnection(
                List.of(elasticsearch.url()),
                null,
                new Credentials.User("boss", Secret.of("boss-pw".toCharArray())),
                "");
    }

    private Sluice sluice() throws Exception {
        Path folder = Files.createDirectories(dir.resolve("work"));
        return new Sluice(folder)
                .file("es.password", "indexer-pw\n")
                .file(
                        "index.yaml",
                        """
                        job: index
                        kafka: {bootstrap.servers: "%s"}
                        elasticsearch: {urls: ["%s"], user: indexer, password: "${file:es.password}"}
                        subject-index: {path: subjects}
                        checkpoints: {path: checkpoints}
                        """
                                .formatted(broker.bootstrapServers(), elasticsearch.url()));
    }
}
