package io.sluice.ingest.carry;

import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.SenderKey;
import io.sluice.ingest.parse.Reason;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.IdentifierHash;
import io.sluice.schema.SubjectEntry;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that became of one Kafka record, gathered until the boundary is done with it.
 *
 * <p>Gathered and not handed on at once, so that nothing of a record leaves if the boundary fails on it, and so that a
 * failure of a sink is never taken for one of the record. Reused; not thread-safe.
 */
final class RecordOutcomes implements Outcomes {
    static final int RELEASED = 0;
    static final int SUPPRESSED = 1;
    static final int QUARANTINED = 2;
    /** Fit to be released, unless it is its sender's retry of another. */
    static final int WITH_SENDER_KEY = 3;

    static final int KINDS = 4;

    /** Largest clean event; what the broker takes by default, less room for the batch around it. */
    static final int LARGEST_EVENT = 1_000_000;

    private static final long DAY_MILLIS = 86_400_000;

    private final Topics topics;
    private final AvroBytes avro = new AvroBytes();
    private final List<TopicRecord> records = new ArrayList<>();
    private final List<SenderEvent> withSenderKey = new ArrayList<>();
    private final Map<String, long[]> outcomes = new HashMap<>();
    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    private final Map<String, Long> shapes = new HashMap<>();
    private final Map<String, Long> unlisted = new HashMap<>();
    private RawRecord from;
    private RawPartition partition;
    private long events;
    private long blank;
    private long header;
    private long sealed;

    RecordOutcomes(Topics topics, RawRecord first, RawPartition partition) {
        this.topics = topics;
        this.from = first;
        this.partition = partition;
    }

    /** Forgets all and begins with another record. */
    void begin(RawRecord record, RawPartition of) {
        from = record;
        partition = of;
        records.clear();
        withSenderKey.clear();
        outcomes.values().forEach(counts -> Arrays.fill(counts, 0));
        reasons.clear();
        shapes.clear();
        unlisted.clear();
        events = 0;
        blank = 0;
        header = 0;
        sealed = 0;
    }

    @Override
    public void released(String route, Position at, CleanEvent event, @Nullable SenderKey sender) {
        byte[] value;
        try {
            value = avro.encode(event);
        } catch (IOException | RuntimeException e) {
            quarantined(route, at, Reason.INTERNAL);
            return;
        }
        if (value.length > LARGEST_EVENT) {
            quarantined(route, at, Reason.TOO_LARGE);
            return;
        }
        TopicRecord record = new TopicRecord(topics.clean(route), null, from.receivedAt(), value);
        if (sender == null) {
            count(route, at, RELEASED);
            records.add(record);
        } else {
            count(route, at, WITH_SENDER_KEY);
            withSenderKey.add(new SenderEvent(sender, partition, route, record));
        }
    }

    @Override
    public void suppressed(String route, Position at) {
        count(route, at, SUPPRESSED);
    }

    @Override
    public void quarantined(String route, Position at, Reason reason) {
        count(route, at, QUARANTINED);
        reasons.merge(reason, 1L, Long::sum);
    }

    private void count(String route, Position at, int kind) {
        outcomes.computeIfAbsent(route, unused -> new long[KINDS])[kind]++;
        events = Math.max(events, at.ordinal() + 1L);
    }

    @Override
    public void identified(Position at, byte[] hash) {
        if (from.receivedAt() == RawRecord.NO_RECEIVE_TIME) {
            // Without a receive day there is no erasure key and no place in the index.
            return;
        }
        SubjectEntry entry = new SubjectEntry(
                LocalDate.ofEpochDay(Math.floorDiv(from.receivedAt(), DAY_MILLIS)),
                new IdentifierHash(hash),
                from.topicId(),
                from.partition(),
                from.offset(),
                at.ordinal());
        try {
            records.add(new TopicRecord(topics.subjectEntries(), null, from.receivedAt(), avro.encode(entry)));
        } catch (IOException e) {
            throw new IllegalStateException("a row of the subject index cannot be encoded", e);
        }
    }

    @Override
    public void blank(int lines) {
        blank += lines;
    }

    @Override
    public void header(int lines) {
        header += lines;
    }

    @Override
    public void otherPath(String shape) {
        shapes.merge(shape, 1L, Long::sum);
    }

    @Override
    public void unlistedField(String shape) {
        unlisted.merge(shape, 1L, Long::sum);
    }

    /** So many records went to the sealer. */
    void seal(long count) {
        sealed += count;
    }

    /** What goes to its topics at once. */
    List<TopicRecord> records() {
        return records;
    }

    /** What goes there if it is no retry. */
    List<SenderEvent> withSenderKey() {
        return withSenderKey;
    }

    long events() {
        return events;
    }

    long blank() {
        return blank;
    }

    long header() {
        return header;
    }

    long sealed() {
        return sealed;
    }

    /** By route, one count each of {@link #RELEASED}, {@link #SUPPRESSED}, {@link #QUARANTINED} and
     * {@link #WITH_SENDER_KEY}. */
    Map<String, long[]> outcomes() {
        return outcomes;
    }

    Map<Reason, Long> reasons() {
        return reasons;
    }

    /** Paths without a template, by shape. */
    Map<String, Long> shapes() {
        return shapes;
    }

    /** Fields without a rule, by the shape of their name. */
    Map<String, Long> unlisted() {
        return unlisted;
    }
}
