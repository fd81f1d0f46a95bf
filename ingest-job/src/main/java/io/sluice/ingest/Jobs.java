package io.sluice.ingest;

import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Puts a job together, for a process of its own and for a Flink cluster alike. */
final class Jobs {
    private Jobs() {}

    /** The environment with the job in it. */
    static StreamExecutionEnvironment assemble(IngestConfig config, Configuration settings) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(config.parallelism());
        switch (config.job()) {
            case BOUNDARY ->
                BoundaryTopology.build(environment, config, UUID.randomUUID().toString());
            case INDEX -> IndexTopology.build(environment, config);
        }
        return environment;
    }

    /** The name under which Flink shows the job. */
    static String name(IngestConfig config) {
        return "sluice " + config.group();
    }

    /** What both main classes do when Flink's command line or application mode starts them. */
    static void executeOnCluster(JobKind job, String[] arguments) throws Exception {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            throw new IllegalArgumentException("give --config FILE and nothing else");
        }
        IngestConfig config = IngestConfig.read(Path.of(arguments[1]), System.getenv());
        if (config.job() != job) {
            throw new IllegalArgumentException(
                    "the configuration is one for the " + config.job().label() + " job");
        }
        Preparation.prepare(config);
        assemble(config, FlinkSettings.ofJob(config)).execute(name(config));
    }
}
