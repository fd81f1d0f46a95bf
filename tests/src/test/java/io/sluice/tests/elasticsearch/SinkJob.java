package io.sluice.tests.elasticsearch;

import io.sluice.schema.CleanEvent;
import io.sluice.sinks.elasticsearch.ElasticsearchSink;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink of one task manager that runs events of numbers into the sink, and never restarts a job. */
final class SinkJob implements AutoCloseable {
    private final MiniCluster cluster;
    private final Path folder;

    SinkJob(Path folder) throws Exception {
        this.folder = folder;
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
    }

    /** Runs events from 0 to {@code count}. */
    CompletableFuture<JobResult> run(long count, MapFunction<Long, CleanEvent> events, ElasticsearchSink sink)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        environment.getConfig().enableObjectReuse();
        environment.enableCheckpointing(500);
        environment.getCheckpointConfig().setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
        // Chained with object reuse, so the type is never used.
        environment
                .fromSequence(0, count - 1)
                .map(events, new GenericTypeInfo<>(CleanEvent.class))
                .sinkTo(sink);
        JobID job = cluster.submitJob(environment.getStreamGraph().getJobGraph())
                .get()
                .getJobID();
        return cluster.requestJobResult(job);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
