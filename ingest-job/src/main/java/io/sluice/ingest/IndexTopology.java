package io.sluice.ingest;

import io.sluice.ingest.carry.AvroReading;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.SubjectEntry;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.ElasticsearchSink;
import io.sluice.sinks.elasticsearch.Fence;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.KafkaRefusedTopic;
import io.sluice.sinks.elasticsearch.SinkSettings;
import io.sluice.sinks.subject.SubjectIndexSink;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The wiring of the index job: each clean topic into the index of its route, and the rows of the subject index into its
 * files.
 *
 * <p>Guarantees: sees only what the boundary job committed; at least once, and document ids make it once. Does not
 * guarantee: an order between documents.
 */
public final class IndexTopology {
    private IndexTopology() {}

    /** Adds the job to an environment. */
    public static void build(StreamExecutionEnvironment environment, IngestConfig config) {
        ElasticsearchConnection connection = Objects.requireNonNull(config.elasticsearch(), "elasticsearch.urls");
        for (String route : Indices.ROUTES) {
            String topic = config.topics().clean(route);
            environment
                    .fromSource(source(config, topic, CleanEvent.class), WatermarkStrategy.noWatermarks(), topic)
                    .uid("clean-" + route)
                    .sinkTo(new ElasticsearchSink(
                            route,
                            connection,
                            SinkSettings.defaults(),
                            new KafkaRefusedTopic.Opener(
                                    config.kafka().producer(), config.topics().refused()),
                            Fence.NONE,
                            config.installTemplates() ? IndexTemplates.ofOneNode(connection.indices()) : null))
                    .uid("index-" + route)
                    .name("index " + route);
        }
        String rows = config.topics().subjectEntries();
        environment
                .fromSource(source(config, rows, SubjectEntry.class), WatermarkStrategy.noWatermarks(), rows)
                .uid("subject-entries")
                .sinkTo(new SubjectIndexSink(
                        Objects.requireNonNull(config.stores().subjectIndex(), "subject-index.path")))
                .uid("subject-index")
                .name("subject index");
    }

    private static <T extends SpecificRecordBase> KafkaSource<T> source(
            IngestConfig config, String topic, Class<T> type) {
        return KafkaSource.<T>builder()
                .setProperties(KafkaSettings.asProperties(config.kafka().consumer()))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty("partition.discovery.interval.ms", "60000")
                .setGroupId(config.group())
                .setClientIdPrefix(config.group() + "-" + topic)
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(new AvroReading<>(type))
                .build();
    }
}
