package io.sluice.ingest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What the jobs ask of Flink: defaults that a configuration may change, and what it may not. */
final class FlinkSettings {
    private static final String LOOPBACK = "127.0.0.1";

    private FlinkSettings() {}

    /** For the job itself, wherever it runs. */
    static Configuration ofJob(IngestConfig config) {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(2));
        // The newest alone: what an older one would restore has been committed since.
        settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1);
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2));
        settings.set(
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                // The index job holds back for as long as Elasticsearch is away, and then no checkpoint completes.
                config.job() == JobKind.INDEX ? Integer.MAX_VALUE : 5);
        settings.set(PipelineOptions.NAME, Jobs.name(config));
        config.flink().forEach(settings::setString);

        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.OPERATOR_CHAINING, true);
        settings.set(CoreOptions.DEFAULT_PARALLELISM, config.parallelism());
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.interval());
        settings.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                config.job() == JobKind.BOUNDARY ? CheckpointingMode.EXACTLY_ONCE : CheckpointingMode.AT_LEAST_ONCE);
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                config.stores().checkpoints().toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return settings;
    }

    /** For a process that runs the job alone: nothing listens but on loopback, and the pages change nothing. */
    static Configuration ofProcess(IngestConfig config) {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.TMP_DIRS, temporary(config).toString());
        settings.set(WebOptions.TMP_DIR, temporary(config).toString());
        settings.set(TaskManagerOptions.NUM_TASK_SLOTS, config.parallelism());
        settings.addAll(ofJob(config));
        settings.set(RestOptions.ADDRESS, LOOPBACK);
        settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        settings.set(RestOptions.BIND_PORT, Integer.toString(config.webPort()));
        settings.set(RestOptions.PORT, config.webPort());
        settings.set(JobManagerOptions.ADDRESS, LOOPBACK);
        settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        settings.set(TaskManagerOptions.HOST, LOOPBACK);
        settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        settings.set(WebOptions.CANCEL_ENABLE, false);
        settings.set(ReadOnlyPages.ENABLED, true);
        return settings;
    }

    /** Where Flink puts what it needs while it runs; emptied at each start. */
    static Path temporary(IngestConfig config) {
        return config.stores().checkpoints().resolve("tmp");
    }

    /** The same for every start of the same job, so that its checkpoints lie in one folder, numbered on. */
    static JobID jobId(IngestConfig config) {
        UUID id = UUID.nameUUIDFromBytes(("sluice " + config.group()).getBytes(StandardCharsets.UTF_8));
        return new JobID(id.getLeastSignificantBits(), id.getMostSignificantBits());
    }
}
