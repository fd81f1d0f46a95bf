package io.sluice.tests.leakage;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.ingest.BoundaryTopology;
import io.sluice.ingest.IngestConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A savepoint of the boundary job of an installation that has been stopped: the pages of its own process are read-only,
 * so its topology runs here, from its last checkpoint, in the midst of records.
 */
final class BoundarySavepoint {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private BoundarySavepoint() {}

    /** Takes one in the format of checkpoints and one in that of all state backends. */
    static void take(Path dir, String password, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        Path checkpoints = dir.resolve("checkpoints-boundary");
        Configuration settings = settings(checkpoints);
        try (BrokerProcess broker = BrokerProcess.start(
                        new BrokerSettings(dir.resolve("kafka"), 0, Map.of(BrokerProcess.ADMIN, password), false));
                KafkaProducer<byte[], byte[]> sender = new KafkaProducer<>(
                        new HashMap<>(broker.clientProperties(BrokerProcess.ADMIN)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                        .setConfiguration(settings)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(1)
                        .build())) {
            JobGraph graph = graph(dir, settings, checkpoints);
            cluster.start();
            cluster.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            LeakyJob.Asked flink =
                    new LeakyJob.Asked(cluster.getRestAddress().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            flink.await("/jobs/" + graph.getJobID() + "/checkpoints", "/latest/completed");
            records.forEach(sender::send);
            sender.flush();
            for (SavepointFormatType format : SavepointFormatType.values()) {
                String place =
                        checkpoints.resolve("savepoint-" + format).toUri().toString();
                cluster.triggerSavepoint(graph.getJobID(), place, false, format)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            cluster.cancelJob(graph.getJobID()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Configuration settings(Path checkpoints) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        return settings;
    }

    private static JobGraph graph(Path dir, Configuration settings, Path checkpoints) throws Exception {
        IngestConfig config = IngestConfig.read(dir.resolve("config/boundary.yaml"), Map.of());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(1);
        BoundaryTopology.build(environment, config, "savepoint");
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(last(checkpoints).toUri().toString()));
        return graph;
    }

    private static Path last(Path checkpoints) throws Exception {
        try (Stream<Path> walk = Files.walk(checkpoints)) {
            return walk.filter(file -> file.endsWith("_metadata"))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
