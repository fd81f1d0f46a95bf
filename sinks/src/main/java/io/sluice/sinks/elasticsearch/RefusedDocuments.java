package io.sluice.sinks.elasticsearch;

import io.sluice.schema.OwnTypes;
import io.sluice.schema.RefusedDocument;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.elasticsearch.client.RestClient;

/**
 * The documents that Elasticsearch refused for their own fault and that are not indexed yet: what
 * {@code refused list} shows and {@code refused retry} sends again. Used by one thread.
 */
public final class RefusedDocuments implements Closeable {
    static {
        OwnTypes.trust();
    }

    private static final int BULK = 1_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, String> kafka;
    private final String topic;
    private final KafkaRefusedTopic settled;

    /**
     * What became of a retry; the counts add up to the documents that were there.
     *
     * @param created indexed now
     * @param alreadyThere had been indexed before
     * @param fenced belong to a deleted subject, and are not sent
     * @param refusedAgain are still at fault
     * @param heldBack not taken for another reason
     * @param code that reason; empty if there is none
     */
    public record Report(int created, int alreadyThere, int fenced, int refusedAgain, int heldBack, String code) {}

    private RefusedDocuments(Map<String, String> kafka, String topic) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.settled = KafkaRefusedTopic.open(kafka, topic);
    }

    /**
     * Opens the topic.
     *
     * @param kafka any properties of a Kafka client, {@code bootstrap.servers} among them
     */
    public static RefusedDocuments open(Map<String, String> kafka, String topic) {
        return new RefusedDocuments(kafka, topic);
    }

    /**
     * Reads the topic from its first record to what is its last one now: the latest refusal of each document that has
     * not been indexed since, in the order of the refusals within a partition.
     *
     * @throws IOException if a record is no refused document
     */
    public List<RefusedDocument> list() throws IOException {
        Map<String, RefusedDocument> open = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    fold(record, open);
                }
            }
        }
        return List.copyOf(open.values());
    }

    private static void fold(ConsumerRecord<byte[], byte[]> record, Map<String, RefusedDocument> open)
            throws IOException {
        String id = new String(record.key(), StandardCharsets.UTF_8);
        open.remove(id);
        if (record.value() != null) {
            open.put(id, RefusedDocument.fromByteBuffer(ByteBuffer.wrap(record.value())));
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // Without a group nothing is committed, and no group's name needs a right.
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Sends every document of {@link #list} again, as {@code create}: one that is there by now is left alone. Stops
     * where Elasticsearch holds back.
     *
     * @throws IOException if the topic cannot be read, or does not acknowledge what was indexed
     */
    public Report retry(RestClient client, Fence fence) throws IOException {
        Retry retry = new Retry(new BulkClient(client), settled);
        List<IndexRequest> bulk = new ArrayList<>();
        for (RefusedDocument document : list()) {
            if (fence.holds(document.getId())) {
                retry.fenced++;
                continue;
            }
            bulk.add(new IndexRequest(
                    document.getIndex(),
                    document.getId(),
                    document.getDocument().getBytes(StandardCharsets.UTF_8)));
            if (bulk.size() == BULK) {
                retry.send(bulk);
                bulk = new ArrayList<>();
            }
        }
        retry.send(bulk);
        return retry.report();
    }

    /** A retry under way. */
    private static final class Retry implements Verdict.Listener {
        private final BulkClient bulks;
        private final KafkaRefusedTopic settled;
        private final List<CompletableFuture<Void>> acknowledged = new ArrayList<>();
        private String current = "";
        private int created;
        private int alreadyThere;
        private int fenced;
        private int refusedAgain;
        private int heldBack;
        private String code = "";

        Retry(BulkClient bulks, KafkaRefusedTopic settled) {
            this.bulks = bulks;
            this.settled = settled;
        }

        void send(List<IndexRequest> bulk) throws IOException {
            if (!code.isEmpty() || bulk.isEmpty()) {
                heldBack += bulk.size();
                return;
            }
            List<Verdict> verdicts = bulks.create(bulk).join();
            for (int i = 0; i < bulk.size(); i++) {
                current = bulk.get(i).id();
                verdicts.get(i).tell(this);
            }
            try {
                CompletableFuture.allOf(acknowledged.toArray(new CompletableFuture<?>[0]))
                        .join();
            } catch (CompletionException e) {
                throw new IOException("Kafka did not take note of documents that are indexed now; try again,"
                        + " what is there already is left alone.");
            }
            acknowledged.clear();
        }

        @Override
        public void created() {
            created++;
            acknowledged.add(settled.settle(current));
        }

        @Override
        public void alreadyThere() {
            alreadyThere++;
            acknowledged.add(settled.settle(current));
        }

        @Override
        public void refused(String type) {
            refusedAgain++;
        }

        @Override
        public void held(String reason, boolean noIndex) {
            heldBack++;
            code = reason;
        }

        Report report() {
            return new Report(created, alreadyThere, fenced, refusedAgain, heldBack, code);
        }
    }

    @Override
    public void close() {
        settled.close();
    }
}
