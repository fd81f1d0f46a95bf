package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.infra.sample.SampleFile;
import io.sluice.ingest.boundary.Candidate;
import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.Sealer;
import io.sluice.ingest.boundary.SenderKey;
import io.sluice.ingest.boundary.Shadow;
import io.sluice.ingest.boundary.ShadowTally;
import io.sluice.ingest.enrich.EnrichConfig;
import io.sluice.ingest.enrich.EnrichData;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.ShadowCount;
import io.sluice.sinks.vault.BlockSealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the boundary's work on a record costs with a shadow beside it: parsed, looked up, redacted for all routes, encoded,
 * sealed; all that a task does without Flink and Kafka, so that the shadow's share of a whole job is smaller. None, one in 20
 * Kafka records and each take turns over the same records, by processor time; of the rounds' ratios the median counts.
 *
 * <p>Run by {@code tests/benchmarks/shadow}; its name keeps it out of the tests.
 */
class ShadowBenchmark {
    static {
        OwnTypes.trust();
    }

    private static final Instant RECEIVED = Instant.parse("2024-01-10T12:00:00Z");
    private static final int KAFKA_RECORDS = 400;
    private static final int LINES_OF_ONE = 50;
    private static final int WARM_UPS = 4;
    private static final int ROUNDS = Integer.getInteger("sluice.benchmark.rounds", 11);

    private final PrintStream out = System.out;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Clock clock = Clock.fixed(RECEIVED, ZoneOffset.UTC);
    private final PolicyTimeline active = PolicyTimeline.always(policy("active-1", ""));
    private final RedactionPolicy tried = policy(
            "tried-1",
            "fields: [{field: http.version, clause: usage.data, because: b, owner: me, routes: {security: {listed:"
                    + " [\"1.1\"]}}}]\n");

    private static RedactionPolicy policy(String id, String fields) {
        TreeMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put("p.yaml", "policy: " + id + "\nextends: " + PolicyFiles.DEFAULT + "\n" + fields);
        try {
            return PolicyReader.read(new PolicyFiles("p.yaml", files));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aShadowCostsWhatItsSampleCosts() {
        List<RawRecord> records = records();
        try (EnrichData lookups = EnrichData.load(EnrichConfig.withDefaults(clock));
                Task none = new Task(lookups, 0);
                Task some = new Task(lookups, 20);
                Task each = new Task(lookups, 1)) {
            double[] someRatios = new double[ROUNDS];
            double[] eachRatios = new double[ROUNDS];
            double[] nanos = new double[ROUNDS];
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                double alone = none.nanosALine(records);
                double withSome = some.nanosALine(records);
                double withEach = each.nanosALine(records);
                if (round >= 0) {
                    nanos[round] = alone;
                    someRatios[round] = withSome / alone;
                    eachRatios[round] = withEach / alone;
                }
            }
            out.printf(
                    Locale.ROOT,
                    "%d Kafka records of %d generated lines, median of %d rounds%n",
                    KAFKA_RECORDS,
                    LINES_OF_ONE,
                    ROUNDS);
            out.printf(Locale.ROOT, "no shadow: %.0f ns of processor time a line%n", median(nanos));
            print("one in 20", some, someRatios);
            print("one in 1", each, eachRatios);
            assertEquals(1, each.compared(), 0, "each record was compared");
        }
    }

    private void print(String sample, Task task, double[] ratios) {
        out.printf(
                Locale.ROOT,
                "%s (%.1f %% of the records were compared): %.3f times the cost, %.3f to %.3f%n",
                sample,
                task.compared() * 100,
                median(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static List<RawRecord> records() {
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        try {
            SampleFile.write(sample, 1, KAFKA_RECORDS * LINES_OF_ONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> lines = sample.toString(StandardCharsets.UTF_8).lines().toList();
        List<RawRecord> records = new ArrayList<>();
        for (int i = 0; i < KAFKA_RECORDS; i++) {
            String text = String.join("\n", lines.subList(i * LINES_OF_ONE, (i + 1) * LINES_OF_ONE)) + "\n";
            records.add(new RawRecord(
                    "topic-a",
                    0,
                    i,
                    RECEIVED.toEpochMilli(),
                    Bytes.of(text),
                    SourceOptions.DEFAULT.withFormat(LogFormat.COMBINED).withDataset("marketing-site")));
        }
        return records;
    }

    /** What one task has of its own. */
    private final class Task implements AutoCloseable {
        private final KeyStore keys = new ThrowawayKeyStore(new SecureRandom());
        private final BlockSealer blocks;
        private final PrivacyBoundary boundary;
        private final Shadow shadow;
        private final ShadowTally tally = new ShadowTally();
        private final Encoding encoding = new Encoding();
        private long looked;
        private long compared;

        Task(EnrichData lookups, int oneIn) {
            this.blocks = new BlockSealer(keys, new SecureRandom(), clock, "benchmark", block -> {});
            this.boundary = new PrivacyBoundary(active, Choices.NONE, keys, lookups.enricher(), sealer());
            @Nullable Candidate candidate = oneIn == 0 ? null : new Candidate(1, tried, oneIn, Long.MAX_VALUE);
            this.shadow =
                    new Shadow(() -> candidate, active, Choices.NONE, keys, lookups::enricher, new SecureRandom());
        }

        private Sealer sealer() {
            return new Sealer() {
                @Override
                public void seal(RawRecord from, Position at, Bytes record, boolean quarantined, List<byte[]> terms) {
                    blocks.add(
                            from.topicId(),
                            from.partition(),
                            from.offset(),
                            at.ordinal(),
                            from.receivedAt(),
                            record.array(),
                            record.from(),
                            record.to(),
                            quarantined,
                            terms);
                }

                @Override
                public boolean takes(RawRecord from, boolean quarantined) {
                    return blocks.takes(from.receivedAt(), quarantined);
                }
            };
        }

        double nanosALine(List<RawRecord> records) {
            long began = threads.getCurrentThreadCpuTime();
            for (RawRecord record : records) {
                boundary.process(record, encoding);
                shadow.look(record, tally);
            }
            blocks.endBlocks();
            long nanos = threads.getCurrentThreadCpuTime() - began;
            for (ShadowCount count : tally.take()) {
                assertEquals(0, count.getFailed());
                compared += count.getRecords();
            }
            looked += records.size();
            return nanos / (double) (records.size() * LINES_OF_ONE);
        }

        double compared() {
            return compared / (double) looked;
        }

        @Override
        public void close() {
            shadow.close();
            blocks.close();
            keys.close();
        }
    }

    /** Encodes what is released, as the job does. */
    private static final class Encoding implements Outcomes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void released(String route, Position at, CleanEvent event, @Nullable SenderKey sender) {
            bytes.reset();
            try {
                CleanEvent.getEncoder().encode(event, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void suppressed(String route, Position at) {}

        @Override
        public void quarantined(String route, Position at, Reason reason) {}

        @Override
        public void identified(Position at, byte[] hash) {}

        @Override
        public void blank(int lines) {}

        @Override
        public void header(int lines) {}

        @Override
        public void otherPath(String shape) {}

        @Override
        public void unlistedField(String shape) {}
    }
}
