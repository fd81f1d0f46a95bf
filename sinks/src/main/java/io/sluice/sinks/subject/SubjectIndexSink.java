package io.sluice.sinks.subject;

import io.sluice.schema.SubjectEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Sorts rows into the subject index's files, at least once: a replay writes rows again, and who reads takes each once.
 *
 * <p>Accepts keyed hashes and coordinates only; it holds no key. Guarantees: when a checkpoint has completed, all rows
 * before it are found by a {@link SubjectIndex}, and survive whatever is killed. Does not guarantee: that a row is not
 * found earlier. Rows come out of committed transactions, so an early one is true.
 */
public final class SubjectIndexSink implements Sink<SubjectEntry> {
    private static final long serialVersionUID = 1L;

    /** Half-written files of this age belong to nobody who lives. */
    private static final Duration LEFTOVER = Duration.ofHours(1);

    private final String dir;
    private final Clock clock;

    /** @param dir the index's folder, made if it is missing */
    public SubjectIndexSink(Path dir) {
        this(dir, Clock.systemUTC());
    }

    SubjectIndexSink(Path dir, Clock clock) {
        this.dir = dir.toAbsolutePath().toString();
        this.clock = clock;
    }

    @Override
    public SinkWriter<SubjectEntry> createWriter(WriterInitContext context) throws IOException {
        return writer(
                context.getTaskInfo().getIndexOfThisSubtask(),
                context.getTaskInfo().getNumberOfParallelSubtasks());
    }

    SubjectIndexWriter writer(int subtask, int parallelism) throws IOException {
        Path folder = Path.of(dir);
        for (java.time.LocalDate day : SubjectIndex.open(folder).days()) {
            new DayFolder(folder.resolve(day.toString()))
                    .sweep(clock.instant().minus(LEFTOVER).toEpochMilli());
        }
        return new SubjectIndexWriter(folder, subtask, parallelism);
    }
}
