package io.sluice.cli.follow;

import io.sluice.cli.send.Outlet;
import io.sluice.cli.send.SendProblem;
import io.sluice.ingest.parse.SourceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ships files as they grow.
 *
 * <p>Guarantees: each whole line is acknowledged by Kafka at least once, over rotation and restart, as long as its file
 * stands at its path or, uncompressed, beside it. Does not guarantee: that a line comes once; what was not acknowledged,
 * or not yet written down as acknowledged, when the process died is sent again. {@link #look} is to be called again and
 * again, from one thread.
 */
public final class Follower implements AutoCloseable {
    private static final long KEEP_MILLIS = 1_000;
    private static final long SILENT_MILLIS = 10_000;

    private final List<Path> files;
    private final List<FollowedPath> paths = new ArrayList<>();
    private final Backlog backlog;
    private final Places places;
    private final Outlet outlet;
    private final LongSupplier millis;
    private final Consumer<String> say;

    private long keptAt;
    private boolean unkept;
    private long answers;
    private long answeredAt;
    private boolean silent;

    private Follower(
            List<Path> files,
            Backlog backlog,
            Places places,
            Outlet outlet,
            LongSupplier millis,
            Consumer<String> say) {
        this.files = files;
        this.backlog = backlog;
        this.places = places;
        this.outlet = outlet;
        this.millis = millis;
        this.say = say;
        this.keptAt = millis.getAsLong();
        this.answeredAt = keptAt;
    }

    /**
     * Finds the files again where an earlier run left them; one that it did not know begins at its beginning.
     *
     * @param files absolute paths
     * @param millis a clock that never goes back
     * @param say hears one sentence for a person at a time
     * @throws SendProblem if a file cannot be read
     */
    public static Follower open(
            List<Path> files,
            SourceOptions options,
            Places places,
            Outlet outlet,
            LongSupplier millis,
            Consumer<String> say)
            throws SendProblem {
        Backlog backlog = new Backlog();
        Task task = new Task(options, backlog, millis);
        List<Path> distinct = files.stream().distinct().toList();
        Follower follower = new Follower(distinct, backlog, places, outlet, millis, say);
        for (Path file : distinct) {
            FollowedPath path = new FollowedPath(file, task, say);
            follower.paths.add(path);
            try {
                path.resume(places.of(file));
            } catch (IOException e) {
                follower.close();
                throw new SendProblem(
                        file + " cannot be read on from where it was left ("
                                + e.getClass().getSimpleName() + "); check who may read it and its folder",
                        e);
            }
        }
        return follower;
    }

    /**
     * Hands over what came since, and keeps the places.
     *
     * @return whether there is more to hand over at once
     */
    public boolean look() throws SendProblem {
        boolean more = look(false);
        long now = millis.getAsLong();
        if (now - keptAt >= KEEP_MILLIS) {
            keptAt = now;
            keep();
        }
        listen(now);
        return more;
    }

    private boolean look(boolean settled) throws SendProblem {
        boolean more = false;
        for (FollowedPath path : paths) {
            more |= path.look(outlet, settled);
        }
        return more;
    }

    /** A full disk must not end the shipping; at worst more is sent twice. */
    private void keep() {
        try {
            places.keep(files, allPlaces());
            unkept = false;
        } catch (IOException e) {
            if (!unkept) {
                say.accept("the places cannot be written (" + e.getClass().getSimpleName()
                        + "); trying again, and until then a restart sends lines twice.");
            }
            unkept = true;
        }
    }

    private List<Place> allPlaces() {
        return paths.stream().flatMap(path -> path.places().stream()).toList();
    }

    private void listen(long now) {
        long count = backlog.answers();
        if (count != answers || !backlog.isAsking()) {
            if (silent && count != answers) {
                silent = false;
                say.accept("Kafka answers again.");
            }
            answers = count;
            answeredAt = now;
        } else if (!silent && now - answeredAt >= SILENT_MILLIS) {
            silent = true;
            say.accept("Kafka does not answer; waiting, and nothing is lost.");
        }
    }

    /**
     * Hands over what is whole, unless Kafka is silent, waits for the answers, and keeps the places.
     *
     * @return whether everything handed over was acknowledged and written down
     */
    public boolean end(long patienceMillis) throws SendProblem, InterruptedException {
        try {
            if (!silent) {
                look(true);
            }
            boolean answered = backlog.awaitEmpty(patienceMillis) && !backlog.isAsking();
            if (!answered) {
                say.accept("Kafka did not acknowledge everything; the next start sends the rest again.");
            }
            return answered;
        } finally {
            keep();
        }
    }

    /** Whether the places could not be written when it was last tried. */
    public boolean isUnkept() {
        return unkept;
    }

    @Override
    public void close() {
        for (FollowedPath path : paths) {
            try {
                path.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
