package io.sluice.cli;

import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.ingest.enrich.EnrichData;
import io.sluice.ingest.offline.Balance;
import io.sluice.ingest.offline.OptOutList;
import io.sluice.ingest.offline.PieceWork;
import io.sluice.ingest.offline.RedactWork;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redact}: the same boundary as the stream's, over files. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints what leaves the boundary: one clean JSON object for each record.",
        footer = {
            "",
            "Examples:",
            "  sluice redact access.log.gz",
            "  tail -n 100 access.log | sluice redact - --dataset marketing-site",
            "  sluice redact --route security --origin events.jsonl",
            "",
            "The last line on standard error is the balance. Exit code 0: read to the end, whatever was quarantined."
        })
final class RedactCommand implements Callable<Integer> {
    private static final String DEFAULT_ROUTE = "analytics";

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    InputFlags input = new InputFlags();

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            description = "The way out: analytics (default), security or operations.")
    String route = DEFAULT_ROUTE;

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Mixin
    SourceFlags source = new SourceFlags();

    @Mixin
    ReceivedAtFlag receivedAt = new ReceivedAtFlag();

    @Mixin
    KeyFlags keys = new KeyFlags();

    @Option(
            names = "--optouts",
            paramLabel = "FILE",
            description = "Opt-outs, email:ADDRESS, user:ID or cookie:VALUE a line, in place of the consent register.")
    @Nullable
    String optOuts;

    @Option(names = "--reasons", description = "List the reasons for quarantine, and end.")
    boolean reasons;

    @Option(names = "--json", description = "Print JSON, as always.")
    boolean json;

    RedactCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (reasons) {
            for (Reason reason : Reason.values()) {
                spec.commandLine().getOut().println(reason.code());
            }
            return ExitCode.OK;
        }
        input.require();
        SourceOptions options = source.options();
        long at = receivedAt.millis(here);
        return input.run(here, options, new Balance(), () -> work(options, at));
    }

    private PieceWork work(SourceOptions options, long at) throws CommandFailure {
        RedactionPolicy loaded = policy.load(here);
        known("--route", route, loaded.routes().keySet());
        known("--dataset", options.dataset(), loaded.datasets().keySet());
        KeyStore store = keys.open(here);
        EnrichData lookUps = LookUps.of(here, loaded);
        return new RedactWork(
                PrivacyBoundary.offline(
                        PolicyTimeline.always(loaded), choices(store), store, lookUps.enricher(), route),
                route,
                options,
                at,
                () -> {
                    lookUps.close();
                    store.close();
                });
    }

    private void known(String flag, String name, Collection<String> names) {
        if (!names.contains(name)) {
            String meant = Problems.nearest(name, names);
            throw new ParameterException(
                    spec.commandLine(),
                    "the policy has no " + flag.substring(2) + " " + name + " for " + flag + "; "
                            + (meant == null ? "it has " + String.join(", ", names) : "did you mean " + meant + "?"));
        }
    }

    private Choices choices(KeyStore store) throws CommandFailure {
        if (optOuts == null) {
            return Choices.NONE;
        }
        try {
            List<String> lines = Files.readAllLines(here.resolve(optOuts));
            return OptOutList.of(lines, store.gate());
        } catch (IOException e) {
            throw new CommandFailure("cannot read the opt-outs " + optOuts + "; check that it exists and is UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("cannot use the opt-outs " + optOuts + ": " + e.getMessage(), e);
        }
    }

    /** What stands for the broker's receive time. */
    static final class ReceivedAtFlag {
        @Spec(Spec.Target.MIXEE)
        CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--received-at",
                paramLabel = "INSTANT",
                description = "When the records were received, such as 2024-01-10T12:00:00Z (default: now).")
        @Nullable
        String receivedAt;

        long millis(Surroundings here) {
            try {
                return receivedAt == null
                        ? here.clock().millis()
                        : Instant.parse(receivedAt).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw new ParameterException(
                        spec.commandLine(), "--received-at takes an instant such as 2024-01-10T12:00:00Z");
            }
        }
    }
}
