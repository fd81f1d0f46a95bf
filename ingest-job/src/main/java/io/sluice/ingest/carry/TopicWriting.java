package io.sluice.ingest.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes each {@link TopicRecord} to the topic that it names.
 *
 * <p>Also tells Flink which topics these are: at a start the sink asks for open transactions on them, to end those that
 * an earlier attempt left.
 */
public final class TopicWriting implements KafkaRecordSerializationSchema<TopicRecord>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> topics;

    /** @param topics all that are ever written to */
    public TopicWriting(List<String> topics) {
        this.topics = new ArrayList<>(topics);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(TopicRecord record, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(record.topic(), null, record.timestamp(), record.key(), record.value());
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics)));
    }
}
