package io.sluice.tests.stack;

import com.sun.net.httpserver.HttpServer;
import io.sluice.collector.CollectorConfig;
import io.sluice.console.ConsoleConfig;
import io.sluice.ingest.IngestConfig;
import io.sluice.ingest.JobKind;
import io.sluice.schema.BalanceEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.RouteCount;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Stands where the jobs, the server and the collector stand, so that a test of {@code up} is about {@code up}: reads their
 * configuration with their own readers, answers at their port, and, as the boundary job, counts raw records into the
 * balance.
 */
public final class StandInProgram {
    private StandInProgram() {}

    public static void main(String[] args) throws Exception {
        OwnTypes.trust();
        Path file = Path.of(args[2]);
        if (args[0].equals("serve")) {
            answer(ConsoleConfig.read(file, System.getenv()).port(), "hello");
            return;
        }
        if (args[0].equals("collector")) {
            answer(CollectorConfig.read(file, System.getenv()).port(), "hello");
            return;
        }
        IngestConfig config = IngestConfig.read(file, System.getenv());
        answer(config.webPort(), "{\"jobs\":[{\"status\":\"RUNNING\"}]}");
        if (config.job() == JobKind.BOUNDARY) {
            count(config);
        }
    }

    private static void answer(int port, String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    private static void count(IngestConfig config) throws Exception {
        Map<String, Object> properties = new HashMap<>(config.kafka().properties());
        properties.put("group.id", config.group() + "-stand-in");
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        new HashMap<String, Object>(config.kafka().properties()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            consumer.subscribe(config.topics().raw());
            while (true) {
                var records = consumer.poll(Duration.ofMillis(500));
                for (TopicPartition partition : records.partitions()) {
                    List<ConsumerRecord<byte[], byte[]>> some = records.records(partition);
                    producer.send(new ProducerRecord<>(config.topics().balance(), entry(partition, some)))
                            .get();
                }
                consumer.commitSync();
            }
        }
    }

    private static byte[] entry(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        long count = records.size();
        BalanceEntry entry = BalanceEntry.newBuilder()
                .setTopic(partition.topic())
                .setTopicId("stand-in")
                .setPartition(partition.partition())
                .setCheckpoint(1)
                .setFromOffset(records.get(0).offset())
                .setToOffset(records.get(records.size() - 1).offset() + 1)
                .setKafkaRecords(count)
                .setLost(0)
                .setBlank(0)
                .setHeader(0)
                .setSealed(count)
                .setRoutes(List.of(RouteCount.newBuilder()
                        .setRoute("analytics")
                        .setIn(count)
                        .setReleased(count)
                        .setSuppressed(0)
                        .setQuarantined(0)
                        .build()))
                .setReasons(Map.of())
                .build();
        return BalanceEntry.getEncoder().encode(entry).array();
    }
}
