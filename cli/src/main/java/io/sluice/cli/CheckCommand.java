package io.sluice.cli;

import io.sluice.infra.Requirements;
import io.sluice.ingest.Check;
import io.sluice.ingest.CheckLine;
import io.sluice.ingest.IngestConfig;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Indices;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code check}: tries all that {@code run} needs, or prints it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Tries all that a job needs, one line each, and changes nothing. Exit code 1 if it cannot run.",
            "With --print it tries nothing and prints what an installation needs of Kafka and Elasticsearch: topics,",
            "rights, index templates and roles, for houses where the program may not create them."
        },
        footer = {
            "",
            "Examples:",
            "  sluice check --config boundary.yaml",
            "  sluice check --config index.yaml --print --replication 3"
        })
final class CheckCommand implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ConfigFlag config = new ConfigFlag();

    @Option(names = "--print", description = "Print topics, rights, index templates and roles; try nothing.")
    boolean print;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "With --print: partitions of the topics that may have several (default: ${DEFAULT-VALUE}).")
    int partitions = 2;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "With --print: copies of each topic and index (default: ${DEFAULT-VALUE}).")
    int replication = 1;

    CheckCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (partitions < 1 || replication < 1) {
            throw new ParameterException(spec.commandLine(), "--partitions and --replication are 1 or more");
        }
        return print ? print(config.read(here)) : check(config.read(here));
    }

    private int check(IngestConfig job) {
        List<CheckLine> lines = Check.run(job);
        lines.forEach(spec.commandLine().getOut()::println);
        boolean fails = lines.stream().anyMatch(line -> line.level() == CheckLine.Level.FAILED);
        return fails ? ExitCode.FAILED : ExitCode.OK;
    }

    private int print(IngestConfig job) {
        ElasticsearchConnection elasticsearch = job.elasticsearch();
        Indices indices = elasticsearch == null ? new Indices("") : elasticsearch.indices();
        spec.commandLine().getOut().print(new Requirements(job.topics(), indices, partitions, replication).text());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
