package io.sluice.cli;

import io.sluice.ingest.enrich.EnrichData;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.offline.Balance;
import io.sluice.ingest.offline.PieceWork;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.rule.RedactionPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The flags of verbs that take samples through the boundary and look at what happens. */
final class SampleRun {
    @Mixin
    InputFlags input = new InputFlags();

    @Mixin
    SourceFlags source = new SourceFlags();

    @Mixin
    RedactCommand.ReceivedAtFlag receivedAt = new RedactCommand.ReceivedAtFlag();

    @Mixin
    KeyFlags keys = new KeyFlags();

    /** What the boundary needs for one run. */
    record Needs(KeyStore keys, Enricher enricher, SourceOptions options, long receivedAt, Runnable atEnd) {}

    /** Makes the work of one run. */
    interface Work<W extends PieceWork> {
        W make(Needs needs) throws CommandFailure;
    }

    /**
     * Runs over all files.
     *
     * @param looked a policy whose own hosts count
     * @return the work, done; null if it could not be begun
     */
    <W extends PieceWork> Result<W> run(Surroundings here, Loaded looked, Work<W> work) {
        SourceOptions options = source.options();
        long at = receivedAt.millis(here);
        Result<W> result = new Result<>();
        result.code = input.run(here, options, new Balance(), () -> {
            EnrichData lookUps = LookUps.of(here, looked.load());
            KeyStore store = keys.open(here);
            result.work = work.make(new Needs(store, lookUps.enricher(), options, at, () -> {
                lookUps.close();
                store.close();
            }));
            return result.work;
        });
        return result;
    }

    /** Loads a policy when its turn has come, so that the balance is printed even if it is refused. */
    interface Loaded {
        RedactionPolicy load() throws CommandFailure;
    }

    /** A run that is over. */
    static final class Result<W> {
        int code = ExitCode.FAILED;

        @Nullable
        W work;
    }
}
