package io.sluice.tests.leakage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.sluice.ingest.carry.AvroType;
import io.sluice.schema.BlindTerm;
import io.sluice.schema.IdentifierHash;
import io.sluice.schema.SealedBlock;
import io.sluice.schema.SubjectEntry;
import io.sluice.sinks.subject.SubjectIndexSink;
import io.sluice.sinks.vault.VaultSink;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job as none of ours may be, in a real Flink and with the product's own sinks: one value stands in its state, another
 * in the name of a metric, a third in the text of an exception, a fourth in a block that is not sealed, a fifth in a row
 * of the subject index.
 */
final class LeakyJob {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * The values, by where they leak.
     *
     * @param state into checkpoints and savepoints
     * @param metric as a metric's name
     * @param exception into the text of an exception
     * @param block into the vault
     * @param row into the subject index
     */
    record Values(String state, String metric, String exception, String block, String row) implements Serializable {}

    private LeakyJob() {}

    /** What looks at Flink's pages while the job runs. */
    @FunctionalInterface
    interface Look {
        void at(URI pages) throws Exception;
    }

    /** Runs it until it has failed, gone on, and its savepoint is there. */
    static void run(Values values, Path checkpoints, Path vault, Path subjects, Look look) throws Exception {
        Configuration settings = settings(checkpoints);
        JobGraph graph = graph(values, settings, vault, subjects);
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build())) {
            cluster.start();
            cluster.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            URI pages = cluster.getRestAddress().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String job = "/jobs/" + graph.getJobID();
            Asked flink = new Asked(pages);
            flink.await(job + "/exceptions", "/exceptionHistory/entries/0");
            flink.await(job + "/checkpoints", "/latest/restored");
            // After the restore, so that a later one is complete too.
            flink.await(job + "/checkpoints", "/latest/completed");
            cluster.triggerSavepoint(
                            graph.getJobID(),
                            checkpoints.resolve("savepoint").toUri().toString(),
                            false,
                            SavepointFormatType.CANONICAL)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            look.at(pages);
            cluster.cancelJob(graph.getJobID()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Configuration settings(Path checkpoints) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return settings;
    }

    private static JobGraph graph(Values values, Configuration settings, Path vault, Path subjects) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(1);
        DataStream<Long> numbers = environment
                .fromSource(
                        new DataGeneratorSource<>(
                                number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(20), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(new Leaky(values));
        numbers.map(number -> block(values, number), new AvroType<>(SealedBlock.class))
                .sinkTo(new VaultSink(vault));
        numbers.map(number -> row(values, number), new AvroType<>(SubjectEntry.class))
                .sinkTo(new SubjectIndexSink(subjects));
        return environment.getStreamGraph().getJobGraph();
    }

    /** Packed and not sealed. */
    private static SealedBlock block(Values values, long number) {
        byte[] plain = (number + " " + values.block()).getBytes(StandardCharsets.UTF_8);
        return new SealedBlock(
                "leaky-file",
                "2026-01-10T12",
                ByteBuffer.allocate(32),
                "leaky-topic",
                0,
                number,
                number,
                1,
                plain.length,
                ByteBuffer.allocate(12),
                ByteBuffer.wrap(Zstd.compress(plain)),
                false,
                List.of(new BlindTerm(new byte[16])));
    }

    private static SubjectEntry row(Values values, long number) {
        return new SubjectEntry(
                LocalDate.of(2026, 1, 10), new IdentifierHash(new byte[16]), values.row(), 0, number, 0);
    }

    /** Holds, counts and says what it must not; fails once its state has been in a complete checkpoint. */
    private static final class Leaky extends RichMapFunction<Long, Long>
            implements CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1;

        private final Values values;
        private transient ListState<String> state;
        private transient Counter counter;
        private transient boolean restored;
        private transient boolean complete;

        Leaky(Values values) {
            this.values = values;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            restored = context.isRestored();
            state = context.getOperatorStateStore()
                    .getListState(new ListStateDescriptor<>("last-record", Types.STRING));
        }

        @Override
        public void open(OpenContext context) {
            counter = getRuntimeContext().getMetricGroup().counter("failed." + values.metric());
        }

        @Override
        public Long map(Long number) {
            counter.inc();
            if (complete && !restored) {
                throw new IllegalStateException("cannot handle " + values.exception());
            }
            return number;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(List.of(values.state()));
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            complete = true;
        }
    }

    /** Asks Flink until something is so. */
    record Asked(URI pages) {
        private static final ObjectMapper JSON = new ObjectMapper();

        void await(String path, String pointer) throws Exception {
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(pages.resolve(path)).build();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                String answer =
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                JsonNode found = JSON.readTree(answer).at(pointer);
                if (found.isObject()) {
                    return;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("it never came: " + pointer + " of " + path);
                }
                Thread.sleep(100);
            }
        }
    }
}
