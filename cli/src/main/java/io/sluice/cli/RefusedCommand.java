package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingest.ConfigRefused;
import io.sluice.ingest.IngestConfig;
import io.sluice.schema.RefusedDocument;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Fence;
import io.sluice.sinks.elasticsearch.RefusedDocuments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code refused}: documents that Elasticsearch refused for their own fault. */
final class RefusedCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RefusedCommand() {}

    /** The verb with its parts. */
    static CommandLine make(Surroundings here) {
        return new CommandLine(new Parent())
                .addSubcommand("list", new ListAll(here))
                .addSubcommand("retry", new Retry(here));
    }

    @Command(
            name = "refused",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "list|retry",
            description = "Lists the documents that Elasticsearch refused for their own fault, and sends them again.",
            footer = {"", "Examples:", "  sluice refused list", "  sluice refused retry --config index.yaml"})
    static final class Parent implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            throw new ParameterException(spec.commandLine(), "say what to do: list or retry");
        }
    }

    /** Where the documents are, and by which account: that of the index job. */
    static final class IndexFlags {
        @Mixin
        DirFlag dir = new DirFlag();

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Configuration of the index job (default: the one that `sluice up` wrote for --dir).")
        @Nullable
        String config;

        private IngestConfig read(Surroundings here) throws CommandFailure {
            Path file = config == null ? dir.path(here).resolve("config").resolve("index.yaml") : here.resolve(config);
            if (config == null && !Files.isReadable(file)) {
                throw new CommandFailure("there is no " + file
                        + " that this user may read: start Sluice with `sluice up`, or name the configuration of the"
                        + " index job with --config");
            }
            try {
                return IngestConfig.read(file, here.environment());
            } catch (ConfigRefused e) {
                throw new CommandFailure("the configuration is refused; correct and try again:\n" + e.getMessage(), e);
            }
        }
    }

    /** What is done with the documents. */
    @FunctionalInterface
    private interface Work {
        int with(RefusedDocuments documents) throws IOException;
    }

    private static int work(IngestConfig config, Work work) throws CommandFailure {
        String kafka = config.kafka().bootstrapServers();
        String topic = config.topics().refused();
        try (RefusedDocuments documents = RefusedDocuments.open(config.kafka().properties(), topic)) {
            return work.with(documents);
        } catch (AuthenticationException | AuthorizationException e) {
            throw new CommandFailure(
                    "Kafka at " + kafka + " does not let this account read and write " + topic
                            + "; look at its user, password and rights",
                    e);
        } catch (KafkaException e) {
            throw new CommandFailure(
                    "Kafka at " + kafka + " does not answer for topic " + topic + "; look whether it runs", e);
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists them: when, index, document id and Elasticsearch's reason.")
    static final class ListAll implements Callable<Integer> {
        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        IndexFlags flags = new IndexFlags();

        @Option(names = "--json", description = "One JSON object a line, with the document, which is clean as it is.")
        boolean json;

        ListAll(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            return work(flags.read(here), documents -> {
                PrintWriter out = spec.commandLine().getOut();
                List<RefusedDocument> all = documents.list();
                for (RefusedDocument document : all) {
                    out.println(json ? asJson(document) : line(document));
                }
                here.err().println(all.size() + " documents are refused and not indexed yet.");
                return ExitCode.OK;
            });
        }

        private static String line(RefusedDocument document) {
            return document.getRefused() + "\t" + document.getIndex() + "\t" + document.getId() + "\t"
                    + document.getReason();
        }

        private static String asJson(RefusedDocument document) throws IOException {
            ObjectNode object = JSON.createObjectNode()
                    .put("refused", document.getRefused().toString())
                    .put("index", document.getIndex())
                    .put("id", document.getId())
                    .put("reason", document.getReason());
            object.set("document", JSON.readTree(document.getDocument()));
            return object.toString();
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = {
                "Sends them again, each to the index it was refused by; one that is there by now is left alone.",
                "Exit code 1 if any is still refused or held back."
            })
    static final class Retry implements Callable<Integer> {
        private static final Duration PATIENCE = Duration.ofSeconds(60);

        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        IndexFlags flags = new IndexFlags();

        @Option(names = "--json", description = "Print the counts as JSON.")
        boolean json;

        Retry(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            IngestConfig config = flags.read(here);
            ElasticsearchConnection connection = config.elasticsearch();
            if (connection == null) {
                throw new CommandFailure("the configuration names no Elasticsearch; give that of the index job");
            }
            return work(config, documents -> {
                try (RestClient client = connection.open(PATIENCE)) {
                    return report(documents.retry(client, Fence.NONE), connection);
                }
            });
        }

        private int report(RefusedDocuments.Report report, ElasticsearchConnection connection) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(JSON.createObjectNode()
                        .put("indexed", report.created())
                        .put("there_already", report.alreadyThere())
                        .put("fenced", report.fenced())
                        .put("refused", report.refusedAgain())
                        .put("held_back", report.heldBack())
                        .toString());
            } else {
                out.println("Indexed " + report.created() + ", there already " + report.alreadyThere() + ", fenced "
                        + report.fenced() + ", refused again " + report.refusedAgain() + ", held back "
                        + report.heldBack() + ".");
            }
            if (report.heldBack() > 0) {
                here.err()
                        .println("Elasticsearch at " + connection.urls().get(0) + " holds back (" + report.code()
                                + "); look whether it runs and what its account may do, then try again.");
            }
            return report.refusedAgain() + report.heldBack() == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
