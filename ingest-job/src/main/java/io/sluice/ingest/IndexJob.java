package io.sluice.ingest;

import io.sluice.ingest.carry.AvroReading;
import io.sluice.ingest.config.IngestConfig;
import io.sluice.schema.CleanEvent;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.ElasticsearchSink;
import io.sluice.sinks.elasticsearch.Fence;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.KafkaRefusedTopic;
import io.sluice.sinks.elasticsearch.SinkSettings;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The index job: committed clean events to Elasticsearch, rows of the subject index to its files.
 *
 * <p>At least once, with document ids and receive day carried by the clean event, so that a replay writes the same bytes
 * to the same place. A stopped Elasticsearch holds it back for as long as it lasts: it tolerates failed checkpoints and
 * restarts without limit.
 */
public final class IndexJob {
    /** The routes, each with a topic and a family of indices. */
    public static final List<String> ROUTES = List.of("analytics", "security", "operations");

    private static final String GROUP = "sluice-index";

    private IndexJob() {}

    /** The settings without which the job would not keep its word. */
    public static Configuration settings() {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofSeconds(2));
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        return settings;
    }

    /** Lays the job out. */
    public static void define(StreamExecutionEnvironment environment, IngestConfig config) {
        ElasticsearchConnection elasticsearch = IngestConfig.needed(config.elasticsearch(), "elasticsearch");
        for (String route : ROUTES) {
            DataStream<CleanEvent> events = read(environment, config, CleanEvent.class, config.topics().clean(route));
            events.sinkTo(new ElasticsearchSink(
                            route,
                            elasticsearch,
                            SinkSettings.defaults(),
                            new KafkaRefusedTopic.Opener(
                                    config.kafka(), config.topics().refused()),
                            Fence.NONE,
                            IndexTemplates.ofOneNode(elasticsearch.indices())))
                    .name("index " + route)
                    .uid("index-" + route);
        }
    }

    private static <T extends SpecificRecordBase> DataStream<T> read(
            StreamExecutionEnvironment environment, IngestConfig config, Class<T> type, String topic) {
        Properties properties = new Properties();
        for (Map.Entry<String, String> property : config.kafka().entrySet()) {
            properties.setProperty(property.getKey(), property.getValue());
        }
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        KafkaSource<T> source = KafkaSource.<T>builder()
                .setProperties(properties)
                .setBootstrapServers(config.kafka().get("bootstrap.servers"))
                .setTopics(topic)
                .setGroupId(config.topics().prefix() + GROUP)
                .setClientIdPrefix(GROUP + "-" + topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new AvroReading<>(type))
                .build();
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), topic)
                .uid("read-" + topic);
    }
}
