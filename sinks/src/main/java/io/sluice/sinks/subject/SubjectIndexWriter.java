package io.sluice.sinks.subject;

import io.sluice.schema.SubjectEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Gathers rows until a checkpoint and then writes them to one file per receive day; see {@link SubjectIndexSink}. */
final class SubjectIndexWriter implements SinkWriter<SubjectEntry> {
    /** Rows held in memory at most, some 20 MB. */
    static final int MOST_ROWS = 200_000;

    private final Path dir;
    private final int subtask;
    private final int parallelism;
    private final Map<LocalDate, List<SubjectRow>> days = new HashMap<>();
    private int held;

    SubjectIndexWriter(Path dir, int subtask, int parallelism) {
        this.dir = dir;
        this.subtask = subtask;
        this.parallelism = parallelism;
    }

    @Override
    public void write(SubjectEntry entry, Context context) throws IOException {
        write(entry);
    }

    void write(SubjectEntry entry) throws IOException {
        EventPlace place =
                new EventPlace(entry.getTopicId(), entry.getPartition(), entry.getOffset(), entry.getPosition());
        days.computeIfAbsent(entry.getReceiveDay(), day -> new ArrayList<>())
                .add(SubjectRow.of(entry.getIdentifier().bytes(), place));
        held++;
        if (held >= MOST_ROWS) {
            writeOut();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        writeOut();
    }

    /** Rows that no checkpoint covers come again. */
    @Override
    public void close() {
        days.clear();
    }

    private void writeOut() throws IOException {
        for (Map.Entry<LocalDate, List<SubjectRow>> day : days.entrySet()) {
            DayFolder folder = new DayFolder(dir.resolve(day.getKey().toString()));
            try {
                folder.write(day.getValue());
                folder.merge(name -> Math.floorMod(name.hashCode(), parallelism) == subtask);
            } catch (IOException e) {
                throw new IOException(
                        "The subject index cannot write to " + folder.path() + " (" + e.getMessage()
                                + "); see that the disk has room",
                        e);
            }
        }
        days.clear();
        held = 0;
    }
}
