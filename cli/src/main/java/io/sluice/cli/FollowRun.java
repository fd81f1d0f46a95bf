package io.sluice.cli;

import io.sluice.cli.follow.Follower;
import io.sluice.cli.follow.Places;
import io.sluice.cli.send.SendProblem;
import io.sluice.cli.send.SendTarget;
import io.sluice.cli.send.Sender;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.source.SourceOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code send --follow}, from its start to the signal that ends it.
 *
 * @param files absolute paths
 * @param state where the places are kept
 */
record FollowRun(Surroundings here, CommandSpec verb, List<Path> files, Path state, SourceOptions options) {
    private static final long LOOK_MILLIS = 250;
    /** While there is more to hand over than the backlog takes. */
    private static final long BUSY_MILLIS = 5;

    private static final long PATIENCE_MILLIS = 10_000;

    /** @param summary is called last, whatever happens */
    int run(SendTarget target, String topic, Map<SourceOption, String> given, Consumer<Sender.Sent> summary)
            throws SendProblem {
        try (EndOfProcess end = new EndOfProcess("send");
                Places places = Places.open(state);
                Sender sender = Sender.open(target, topic, given, Sender.Patience.NO_END)) {
            ProgressBar progress = new ProgressBar(here);
            try (Follower follower =
                    Follower.open(files, options, places, sender, () -> System.nanoTime() / 1_000_000, sentence -> {
                        progress.end();
                        here.err().println(verb.qualifiedName() + ": " + sentence);
                    })) {
                here.err()
                        .println("Following " + (files.size() == 1 ? "1 file" : files.size() + " files") + " into "
                                + topic + ", places in " + state + "; Ctrl-C ends it.");
                return follow(follower, sender, end, progress);
            } finally {
                progress.end();
                summary.accept(sender.sent());
            }
        } catch (IOException e) {
            throw new SendProblem(state + " cannot be released (" + e.getClass().getSimpleName() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private int follow(Follower follower, Sender sender, EndOfProcess end, ProgressBar progress)
            throws SendProblem, InterruptedException {
        boolean complete = false;
        try {
            boolean more = false;
            while (!end.isAskedWithin(more ? BUSY_MILLIS : LOOK_MILLIS)) {
                more = follower.look();
                sender.check();
                progress.at(
                        files.size() == 1 ? files.get(0).toString() : files.size() + " files",
                        sender.sent().bytes(),
                        -1);
            }
        } finally {
            complete = follower.end(PATIENCE_MILLIS);
        }
        sender.check();
        return complete && !follower.isUnkept() ? ExitCode.OK : ExitCode.FAILED;
    }
}
