package io.sluice.ingest;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The settings of Flink that a configuration may name under {@code flink}. */
final class FlinkKeys {
    /** What the jobs rest on, with the reason why nobody may set it otherwise. */
    static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("pipeline.operator-chaining.enabled", "without chains plaintext would leave its task"),
            Map.entry("pipeline.object-reuse", "the chains hand records over by reference"),
            Map.entry("pipeline.generic-types", "what crosses an edge has a type of ours"),
            Map.entry("execution.runtime-mode", "both jobs are streams"),
            Map.entry("execution.checkpointing.mode", "the boundary job is exactly-once"),
            Map.entry("execution.checkpointing.unaligned.enabled", "checkpoints hold no records in flight"),
            Map.entry("execution.checkpointing.interval", "it is checkpoints.interval"),
            Map.entry("execution.checkpointing.dir", "it is checkpoints.path"),
            Map.entry("parallelism.default", "it is parallelism"),
            Map.entry("rest.port", "it is web.port"),
            Map.entry("rest.bind-port", "it is web.port"),
            Map.entry("web.submit.enable", "nobody submits jobs over HTTP here"),
            Map.entry("web.cancel.enable", "nobody cancels jobs over HTTP here"));

    private static final List<Class<?>> OPTIONS = List.of(
            BatchExecutionOptions.class,
            BlobServerOptions.class,
            CheckpointingOptions.class,
            ClusterOptions.class,
            CoreOptions.class,
            DeploymentOptions.class,
            ExecutionOptions.class,
            HeartbeatManagerOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            NettyShuffleEnvironmentOptions.class,
            PipelineOptions.class,
            ResourceManagerOptions.class,
            RestOptions.class,
            RestartStrategyOptions.class,
            RpcOptions.class,
            SecurityOptions.class,
            StateBackendOptions.class,
            StateRecoveryOptions.class,
            TaskManagerOptions.class,
            WebOptions.class);

    /** Names below these are free, for plug-ins choose them. */
    private static final List<String> FREE =
            List.of("metrics.reporter.", "metrics.scope.", "env.", "fs.", "s3.", "containerized.", "kubernetes.");

    private FlinkKeys() {}

    static boolean isFree(String key) {
        return FREE.stream().anyMatch(key::startsWith);
    }

    /** Every setting of the option classes above. */
    static Set<String> known() {
        Set<String> known = new TreeSet<>();
        for (Class<?> options : OPTIONS) {
            for (ConfigOption<?> option : options(options)) {
                known.add(option.key());
                option.fallbackKeys().forEach(fallback -> known.add(fallback.getKey()));
            }
        }
        return known;
    }

    private static List<ConfigOption<?>> options(Class<?> options) {
        List<ConfigOption<?>> all = new ArrayList<>();
        for (Field field : options.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && ConfigOption.class.isAssignableFrom(field.getType())) {
                try {
                    all.add((ConfigOption<?>) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("a public option of Flink cannot be read", e);
                }
            }
        }
        return all;
    }
}
