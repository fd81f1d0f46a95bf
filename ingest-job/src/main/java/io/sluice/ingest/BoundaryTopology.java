package io.sluice.ingest;

import io.sluice.ingest.carry.AvroType;
import io.sluice.ingest.carry.OpenBoundary;
import io.sluice.ingest.carry.PrivacyBoundaryOperator;
import io.sluice.ingest.carry.RetryFilterOperator;
import io.sluice.ingest.carry.SenderEvent;
import io.sluice.ingest.carry.TopicRecord;
import io.sluice.ingest.carry.TopicWriting;
import io.sluice.ingest.register.RegisterSettings;
import io.sluice.ingest.register.SharedRegister;
import io.sluice.ingest.source.HoldingSource;
import io.sluice.ingest.source.KafkaTopicFacts;
import io.sluice.ingest.source.RawTopicReading;
import io.sluice.ingest.source.SourceElement;
import io.sluice.ingest.source.SourceRules;
import io.sluice.ingest.source.UnreadOffsets;
import io.sluice.schema.SealedBlock;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import io.sluice.sinks.vault.VaultSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The wiring of the boundary job: raw topics, privacy boundary, Kafka transactions and vault, in one chain; behind the
 * boundary the events whose sender gave them an id, and their retries, meet in another task.
 *
 * <p>Guarantees: plaintext is in the one task that holds source and boundary; what leaves it is a {@link TopicRecord}, a
 * {@link SenderEvent} or a {@link SealedBlock}.
 */
public final class BoundaryTopology {
    /** Largest request of the producer: a batch of clean events, above the largest single one. */
    private static final String LARGEST_REQUEST = Integer.toString(4 << 20);

    /** A partition that is silent for so long does not keep the old sender keys of the others. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static final OutputTag<SenderEvent> WITH_SENDER_KEY =
            new OutputTag<>("with-sender-key", TypeInformation.of(SenderEvent.class));

    private static final OutputTag<SealedBlock> SEALED = new OutputTag<>("sealed", new AvroType<>(SealedBlock.class));

    private BoundaryTopology() {}

    /**
     * Adds the job to an environment.
     *
     * @param attempt name of this start in the reports of what is in force
     */
    public static void build(StreamExecutionEnvironment environment, IngestConfig config, String attempt) {
        SharedRegister register = new SharedRegister(registerSettings(config, attempt));
        Path keys = Objects.requireNonNull(config.stores().keys(), "keys.path");
        Path vault = Objects.requireNonNull(config.stores().vault(), "vault.path");
        HoldingSource source = new HoldingSource(
                kafkaSource(config),
                register::hold,
                KafkaTopicFacts.opener(config.kafka().admin()));
        build(environment, config, source, TaskBoundary.opener(keys, config.geo(), register), new VaultSink(vault));
    }

    /** The same with parts given, for tests that look at the graph. */
    static void build(
            StreamExecutionEnvironment environment,
            IngestConfig config,
            HoldingSource source,
            OpenBoundary.Opener boundary,
            VaultSink vault) {
        DataStream<SourceElement> raw =
                environment.fromSource(source, receiveTime(), "raw topics").uid("raw-topics");
        SingleOutputStreamOperator<TopicRecord> redacted = raw.transform(
                        "privacy boundary",
                        TypeInformation.of(TopicRecord.class),
                        new PrivacyBoundaryOperator(
                                boundary,
                                config.topics(),
                                Indices.ROUTES,
                                new SourceRules(config.sources()),
                                WITH_SENDER_KEY,
                                SEALED))
                .uid("privacy-boundary");
        redacted.sinkTo(kafkaSink(config, "topics")).uid("topics").name("topics");
        redacted.getSideOutput(WITH_SENDER_KEY)
                .keyBy(event -> event.key().bucket(), Types.INT)
                .transform(
                        "retry filter",
                        TypeInformation.of(TopicRecord.class),
                        new RetryFilterOperator(config.topics(), Indices.ROUTES))
                .uid("retry-filter")
                .sinkTo(kafkaSink(config, "sender-events"))
                .uid("sender-events")
                .name("sender events");
        redacted.getSideOutput(SEALED).sinkTo(vault).uid("vault").name("vault");
    }

    private static WatermarkStrategy<SourceElement> receiveTime() {
        return WatermarkStrategy.<SourceElement>forMonotonousTimestamps().withIdleness(IDLE);
    }

    static RegisterSettings registerSettings(IngestConfig config, String attempt) {
        Topics topics = config.topics();
        return new RegisterSettings(
                config.kafka().consumer(),
                config.kafka().producer(),
                topics.consent(),
                topics.policies(),
                topics.taskPositions(),
                attempt);
    }

    private static KafkaSource<SourceElement> kafkaSource(IngestConfig config) {
        return KafkaSource.<SourceElement>builder()
                .setProperties(KafkaSettings.asProperties(config.kafka().consumer()))
                // Senders may use transactions; what they took back was never sent.
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty("partition.discovery.interval.ms", "60000")
                .setGroupId(config.group())
                .setClientIdPrefix(config.group())
                .setTopics(config.topics().raw())
                .setStartingOffsets(new UnreadOffsets())
                .setDeserializer(new RawTopicReading())
                .build();
    }

    /**
     * @param name its own within the job, and no beginning of another's: at a start a sink ends all transactions whose
     *     id begins like its own
     */
    private static KafkaSink<TopicRecord> kafkaSink(IngestConfig config, String name) {
        return KafkaSink.<TopicRecord>builder()
                .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd")
                .setProperty(ProducerConfig.LINGER_MS_CONFIG, "20")
                .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10))
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST)
                .setKafkaProducerConfig(
                        KafkaSettings.asProperties(config.kafka().producer()))
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Long.toString(config.kafka().transactionTimeout().toMillis()))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                // The default makes a new id per subtask and checkpoint, and the broker keeps each for a week.
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setTransactionalIdPrefix(config.group() + "-" + name)
                .setRecordSerializer(new TopicWriting(writtenTopics(config.topics())))
                .build();
    }

    /** The topics that the job writes in its transactions. */
    static List<String> writtenTopics(Topics topics) {
        List<String> written =
                new ArrayList<>(Indices.ROUTES.stream().map(topics::clean).toList());
        written.add(topics.subjectEntries());
        written.add(topics.balance());
        return written;
    }
}
