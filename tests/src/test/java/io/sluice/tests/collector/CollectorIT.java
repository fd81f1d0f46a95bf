package io.sluice.tests.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.collector.Collector;
import io.sluice.collector.CollectorConfig;
import io.sluice.collector.web.CollectorServer;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.Principal;
import io.sluice.infra.topics.TopicInstaller;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.source.SourceRules;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.sinks.topics.Topics;
import io.sluice.tests.collector.TrackerRequests.Recorded;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector before a real, secured broker: each tracker's request, as the boundary reads it from the topic. */
class CollectorIT {
    private static final Topics TOPICS = new Topics("");
    private static final Map<String, String> PASSWORDS =
            Principal.users().stream().collect(Collectors.toMap(user -> user, user -> user + "-pw"));

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatIsAcknowledgedIsInTheTopicOnceAndNothingElse(@TempDir Path dir) throws Exception {
        BrokerProcess broker = BrokerProcess.start(BrokerSettings.secured(dir, Map.of("admin", "admin-pw")));
        try {
            install(broker);
            try (CollectorServer collector = Collector.start(config(broker), Clock.systemUTC())) {
                List<String> expected = new ArrayList<>();
                for (Recorded request : TrackerRequests.all()) {
                    int status = send(collector, request);
                    assertEquals(2, status / 100, request.name());
                    expected.addAll(request.actions());
                }
                assertEquals(
                        expected.stream().sorted().toList(),
                        actions(broker).stream().sorted().toList());
                broker.close();
                assertEquals(503, send(collector, TrackerRequests.all().get(0)), "without a broker");
            }
        } finally {
            broker.close();
        }
    }

    private static void install(BrokerProcess broker) throws Exception {
        try (Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("admin")))) {
            TopicInstaller installer = new TopicInstaller(admin);
            installer.installUsers(PASSWORDS);
            installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs());
            installer.installRights(new AccessPlan(TOPICS).rules());
        }
    }

    private static CollectorConfig config(BrokerProcess broker) {
        return new CollectorConfig(
                "127.0.0.1",
                0,
                TOPICS.rawUsageEvents(),
                "application",
                ScramLogin.clientProperties(broker.bootstrapServers(), "collector", "collector-pw"),
                "analytics_opt_out",
                List.of("127.0.0.0/8"),
                List.of("*"),
                1 << 20,
                1_000,
                "2024-01-10");
    }

    private int send(CollectorServer collector, Recorded request) throws Exception {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + request.path()));
        request.headers().forEach(builder::header);
        builder.header("X-Forwarded-For", "192.0.2.7");
        builder.method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        return client.send(builder.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** What the boundary reads, by the options that the records themselves have. */
    private static List<String> actions(BrokerProcess broker) {
        List<String> actions = new ArrayList<>();
        SourceRules rules = new SourceRules(Map.of());
        for (ConsumerRecord<byte[], byte[]> record : records(broker)) {
            SourceOptions options = rules.of(record.topic(), record.headers());
            assertEquals(List.of("127.0.0.0/8"), options.trustedProxies());
            assertEquals(null, record.key());
            LogParsers.forOptions(options).parse(Bytes.of(record.value()), new ParseSink() {
                @Override
                public void event(Event event) {
                    actions.add(event.text(Fields.EVENT_ACTION));
                }

                @Override
                public void reject(Reason reason) {
                    actions.add(reason.code());
                }

                @Override
                public void header() {
                    actions.add("header");
                }
            });
        }
        return actions;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(BrokerProcess broker) {
        Map<String, Object> properties = new HashMap<>(broker.clientProperties("admin"));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (String topic : TOPICS.raw()) {
                List<TopicPartition> partitions = new ArrayList<>();
                for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                    partitions.add(new TopicPartition(topic, partition.partition()));
                }
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
                }
            }
        }
        assertTrue(records.stream().allMatch(record -> record.topic().equals(TOPICS.rawUsageEvents())));
        return records;
    }
}
