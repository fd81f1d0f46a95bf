package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.Principal;
import io.sluice.infra.topics.TopicInstaller;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.sinks.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicInstallerIT {
    private static final Topics TOPICS = new Topics("eu-");
    private static final Map<String, String> PASSWORDS =
            Principal.users().stream().collect(Collectors.toMap(user -> user, user -> user + "-pw"));

    private BrokerProcess broker;
    private Admin admin;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        broker = BrokerProcess.start(BrokerSettings.secured(dir, Map.of("admin", "admin-pw")));
        admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("admin")));
        TopicInstaller installer = new TopicInstaller(admin);
        installer.installUsers(PASSWORDS);
        installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs());
        installer.installRights(new AccessPlan(TOPICS).rules());
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void bringsBackWhatDiffersAndElseChangesNothing() throws Exception {
        TopicInstaller installer = new TopicInstaller(admin);
        assertEquals(
                List.of(), installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs()));
        assertEquals(0, installer.installRights(new AccessPlan(TOPICS).rules()));
        ConfigResource raw = new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.rawAccessLogs());
        AlterConfigOp longer =
                new AlterConfigOp(new ConfigEntry("retention.ms", "999999999999"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(raw, List.of(longer))).all().get();
        assertEquals(
                List.of("set retention.ms of " + TOPICS.rawAccessLogs()),
                installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs()));
    }

    @Test
    void onlyTheBoundaryJobReadsRawRecords() throws Exception {
        send("sender", TOPICS.rawAccessLogs(), new byte[] {'x'});
        TopicPartition first = new TopicPartition(TOPICS.rawAccessLogs(), 0);
        for (String user : Principal.users()) {
            if (user.equals(Principal.BOUNDARY.user())) {
                assertTrue(read(user, first) >= 0);
            } else {
                assertThrows(AuthorizationException.class, () -> read(user, first), user);
            }
        }
    }

    @Test
    void onlyTheSenderWritesRawRecordsAndNoneThatIsTooLarge() throws Exception {
        for (String user : Principal.users()) {
            if (!user.equals(Principal.SENDER.user())) {
                ExecutionException refused = assertThrows(
                        ExecutionException.class, () -> send(user, TOPICS.rawAppLogs(), new byte[] {'x'}), user);
                assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
            }
        }
        RecordMetadata sent = send("sender", TOPICS.rawAppLogs(), new byte[(2 << 20) - 1024]);
        assertTrue(sent.hasOffset());
        ExecutionException refused = assertThrows(
                ExecutionException.class, () -> send("sender", TOPICS.rawAppLogs(), new byte[(2 << 20) + 1]));
        assertInstanceOf(RecordTooLargeException.class, refused.getCause());
    }

    @Test
    void theCollectorWritesUsageEventsAlone() throws Exception {
        assertTrue(send("collector", TOPICS.rawUsageEvents(), new byte[] {'x'}).hasOffset());
        ExecutionException refused = assertThrows(
                ExecutionException.class, () -> send("collector", TOPICS.rawAccessLogs(), new byte[] {'x'}));
        assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
    }

    @Test
    void theBrokersClockStampsRawRecords() throws Exception {
        RecordMetadata sent = send("sender", TOPICS.rawUsageEvents(), new byte[] {'x'});
        // The sender claims 1970; a topic of CreateTime would believe it.
        assertTrue(sent.timestamp() > Duration.ofDays(365).toMillis());
    }

    private RecordMetadata send(String user, String topic, byte[] value) throws Exception {
        Map<String, Object> properties = login(user);
        properties.put("max.request.size", 8 << 20);
        // With it, a user that may write no topic at all fails in another place at another time.
        properties.put("enable.idempotence", false);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, 0, 0L, null, value))
                    .get();
        }
    }

    /** The position behind what one poll read. */
    private long read(String user, TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(login(user), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.poll(Duration.ofSeconds(5));
            return consumer.position(partition);
        }
    }

    private Map<String, Object> login(String user) {
        return new HashMap<>(ScramLogin.clientProperties(broker.bootstrapServers(), user, user + "-pw"));
    }
}
