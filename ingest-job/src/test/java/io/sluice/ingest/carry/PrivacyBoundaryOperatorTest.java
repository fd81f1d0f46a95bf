package io.sluice.ingest.carry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.ShadowTally;
import io.sluice.ingest.source.InTaskType;
import io.sluice.ingest.source.PartitionBegins;
import io.sluice.ingest.source.RawTopicRecord;
import io.sluice.ingest.source.SourceElement;
import io.sluice.ingest.source.SourceRules;
import io.sluice.keys.FileKeyStore;
import io.sluice.keys.ServerKeyStore;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.schema.BalanceEntry;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.RouteCount;
import io.sluice.schema.SealedBlock;
import io.sluice.schema.ShadowCount;
import io.sluice.schema.ShadowField;
import io.sluice.schema.SubjectEntry;
import io.sluice.sinks.topics.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyBoundaryOperatorTest {
    private static final String TOPIC = "raw.access-logs";
    private static final Topics TOPICS = new Topics("");
    private static final List<String> ROUTES = List.of("analytics", "security", "operations");
    private static final OutputTag<SealedBlock> SEALED = new OutputTag<>("sealed", new AvroType<>(SealedBlock.class));
    private static final OutputTag<SenderEvent> WITH_SENDER_KEY =
            new OutputTag<>("with-sender-key", TypeInformation.of(SenderEvent.class));
    private static final long RECEIVED = 1_704_890_096_789L;
    private static final String LINE = "192.0.2.7 - - [10/Jan/2024:12:34:50 +0000] \"GET /pricing HTTP/1.1\" 200 512"
            + " \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\"";

    @Test
    void accountsForEveryRecordBeforeEachBarrier() throws Exception {
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(40, 100);
            harness.record(100, LINE + "\n" + LINE + "\n\n" + LINE);
            harness.record(103, "\u0000 no log line at all");
            harness.barrier(7);
            BalanceEntry entry = harness.balance().get(0);
            assertEquals(40, entry.getFromOffset());
            assertEquals(104, entry.getToOffset());
            assertEquals(60, entry.getLost());
            assertEquals(2, entry.getKafkaRecords());
            assertEquals(1, entry.getBlank());
            assertEquals(4, entry.getSealed());
            assertEquals(7, entry.getCheckpoint());
            assertEquals("id-1", entry.getTopicId());
            assertEquals(3, entry.getRoutes().size());
            for (RouteCount route : entry.getRoutes()) {
                assertEquals(4, route.getIn(), route.getRoute());
                assertEquals(4, route.getReleased() + route.getSuppressed() + route.getQuarantined());
            }
            assertEquals(sum(entry.getReasons()), quarantined(entry));
            assertEquals(4, harness.sealedRecords());
        }
    }

    @Test
    void anEventWithAnIdOfItsSenderIsAccountedForBehindTheRetryFilter() throws Exception {
        String event = "{\"type\":\"page_view\",\"id\":\"e-17\",\"timestamp\":\"2024-01-10T12:34:50Z\"}";
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            harness.record(0, event.replace("\"id\":\"e-17\",", ""));
            harness.record(1, event);
            harness.record(2, event);
            harness.barrier(1);
            List<SenderEvent> apart = harness.withSenderKey();
            assertEquals(
                    List.of("analytics", "analytics", "operations", "operations", "security", "security"),
                    apart.stream().map(SenderEvent::route).sorted().toList());
            for (String route : ROUTES) {
                assertEquals(1, harness.sent(TOPICS.clean(route)).size());
                assertEquals(
                        1,
                        apart.stream()
                                .filter(each -> each.route().equals(route))
                                .map(SenderEvent::key)
                                .distinct()
                                .count(),
                        "the same id is the same key");
            }
            assertEquals(3, apart.stream().map(SenderEvent::key).distinct().count(), "no key is that of another route");
            for (SenderEvent each : apart) {
                assertEquals(new RawPartition(TOPIC, "id-1", 0), each.from());
                assertEquals(TOPICS.clean(each.route()), each.record().topic());
                assertEquals(RECEIVED, each.record().timestamp());
                assertFalse(
                        new String(each.record().value(), StandardCharsets.ISO_8859_1).contains("e-17"),
                        "the id itself does not leave");
            }
            for (RouteCount route : harness.balance().get(0).getRoutes()) {
                assertEquals(
                        new RouteCount(route.getRoute(), 3L, 1L, 0L, 0L, 0L),
                        route,
                        "all came in, one is accounted for");
            }
        }
    }

    @Test
    void aShadowIsInTheBalanceAndChangesNothingElse() throws Exception {
        TreeMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put(
                "p.yaml",
                "policy: p-1\nextends: " + PolicyFiles.DEFAULT + "\nfields: [{field: http.version, clause: usage.data,"
                        + " because: x, owner: me, routes: {}}]\n");
        Candidate candidate = new Candidate(5, PolicyReader.read(new PolicyFiles("p.yaml", files)), 1, Long.MAX_VALUE);
        List<List<TopicRecord>> sent = new ArrayList<>();
        List<BalanceEntry> balances = new ArrayList<>();
        for (Candidate tried : Arrays.asList(null, candidate)) {
            try (Harness harness =
                    new Harness((subtask, out) -> seeded(subtask, out).trying(tried))) {
                harness.begin(0, 0);
                harness.record(0, LINE + "\n" + LINE);
                harness.record(1, "\u0000 no log line at all");
                harness.barrier(1);
                sent.add(harness.all().stream()
                        .filter(record -> !record.topic().equals("balance"))
                        .toList());
                balances.addAll(harness.balance());
                assertEquals(3, harness.sealedRecords());
                harness.record(2, LINE);
                harness.barrier(2);
                assertEquals(
                        tried == null ? List.of() : List.of(1L),
                        harness.balance().get(1).getShadows().stream()
                                .map(ShadowCount::getEvents)
                                .toList(),
                        "each checkpoint has its own");
            }
        }
        assertEquals(text(sent.get(0)), text(sent.get(1)));
        ShadowCount count = balances.get(1).getShadows().get(0);
        assertEquals(
                List.of(5L, 2L, 0L, 3L),
                List.of(count.getEntry(), count.getRecords(), count.getFailed(), count.getEvents()));
        assertEquals(
                List.of(
                        new ShadowField("analytics", "http.version", 0L, 2L, 0L, 0L),
                        new ShadowField("operations", "http.version", 0L, 2L, 0L, 0L)),
                count.getFields().stream().filter(field -> field.getSame() == 0).toList());
        balances.get(1).setShadows(List.of());
        assertEquals(balances.get(0), balances.get(1));
    }

    private static List<String> text(List<TopicRecord> records) {
        return records.stream()
                .map(record -> record.topic() + " " + HexFormat.of().formatHex(record.value()))
                .toList();
    }

    /** Makes the same keys each time. */
    private static TestBoundary seeded(int subtask, Consumer<SealedBlock> out) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(7);
            return new TestBoundary(subtask, out, new ThrowawayKeyStore(random), Clock.systemUTC());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void continuesTheAccountWhereItEndedOverCheckpointsAndARestore() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            harness.record(0, LINE);
            harness.record(1, LINE);
            harness.barrier(1);
            harness.barrier(2);
            harness.record(5, LINE);
            state = harness.barrier(3);
            // Not in any checkpoint: to be read again.
            harness.record(6, LINE);
            List<BalanceEntry> entries = harness.balance();
            assertEquals(2, entries.size());
            assertEquals(
                    List.of(0L, 2L),
                    entries.stream().map(BalanceEntry::getFromOffset).toList());
            assertEquals(
                    List.of(2L, 6L),
                    entries.stream().map(BalanceEntry::getToOffset).toList());
            // Offsets without a record, such as the marks of transactions, are no loss.
            assertEquals(0, entries.get(1).getLost());
        }
        try (Harness harness = new Harness(TestBoundary::new, state)) {
            harness.begin(6, 6);
            harness.record(6, LINE);
            harness.barrier(4);
            assertEquals(6, harness.balance().get(0).getFromOffset());
            assertEquals(7, harness.balance().get(0).getToOffset());
        }
    }

    @Test
    void sendsCleanEventsWithTheReceiveTimeAndKeyedHashesOnly() throws Exception {
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            harness.record(0, LINE.replace("/pricing", "/pricing?email=jane.doe@example.com"));
            harness.barrier(1);
            TopicRecord analytics = harness.sent("clean.usage-events").get(0);
            assertEquals(RECEIVED, analytics.timestamp());
            CleanEvent event = CleanEvent.fromByteBuffer(ByteBuffer.wrap(analytics.value()));
            assertEquals("GET", event.getHttpRequestMethod());
            assertTrue(harness.sent("subject-entries").size() >= 2);
            SubjectEntry row = SubjectEntry.fromByteBuffer(
                    ByteBuffer.wrap(harness.sent("subject-entries").get(0).value()));
            assertEquals("2024-01-10", row.getReceiveDay().toString());
            for (TopicRecord record : harness.all()) {
                String bytes = new String(record.value(), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("jane.doe"), record.topic());
                assertFalse(bytes.contains("192.0.2.7"), record.topic());
            }
        }
    }

    @Test
    void quarantinesWholeWhatTheBoundaryFailsOnAndSendsNothingOfIt() throws Exception {
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            harness.record(0, LINE + "\n" + LINE.replace("/pricing", "/" + TestBoundary.POISON) + "\n" + LINE);
            harness.record(1, LINE);
            harness.barrier(1);
            BalanceEntry entry = harness.balance().get(0);
            assertEquals(Map.of("internal", 3L), entry.getReasons());
            for (RouteCount route : entry.getRoutes()) {
                assertEquals(2, route.getIn());
                assertEquals(1, route.getReleased(), route.getRoute());
                assertEquals(1, route.getQuarantined(), route.getRoute());
            }
            assertEquals(1, harness.sent("clean.usage-events").size());
            assertEquals(harness.sealedRecords(), entry.getSealed());
        }
    }

    @Test
    void failsWithoutAWordOfTheRecordWhereItCannotEvenBeSealed() throws Exception {
        OpenBoundary.Opener broken = (subtask, out) -> new OpenBoundary() {
            @Override
            public void process(RawRecord record, Outcomes into) {
                throw new IllegalStateException(record.value().text());
            }

            @Override
            public void sealWhole(RawRecord record) {
                throw new IllegalStateException(record.value().text());
            }

            @Override
            public long takeSealed() {
                return 0;
            }

            @Override
            public void shadow(RawRecord record, ShadowTally into) {
                throw new IllegalStateException(record.value().text());
            }

            @Override
            public void endBlocks() {}

            @Override
            public void close() {}
        };
        try (Harness harness = new Harness(broken)) {
            harness.begin(0, 0);
            Exception fault = assertThrows(Exception.class, () -> harness.record(0, "jane.doe@example.com"));
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            assertFalse(trace.toString().contains("jane.doe"), trace.toString());
        }
    }

    @Test
    void quarantinesARecordWithoutReceiveTime() throws Exception {
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            harness.record(0, LINE, TimestampType.CREATE_TIME);
            harness.barrier(1);
            assertEquals(Map.of("no-receive-time", 3L), harness.balance().get(0).getReasons());
            assertTrue(harness.all().stream().allMatch(record -> record.timestamp() >= 0), "a time Kafka can take");
        }
    }

    /** A raw topic that outlived its retention must not make the job fail again and again. */
    @Test
    void accountsForAReplayOfRecordsThatTheVaultKeepsNoMore(@TempDir Path dir) throws Exception {
        for (int days : new int[] {3, 20, 31, 400}) {
            Clock clock = Clock.fixed(Instant.ofEpochMilli(RECEIVED).plus(Duration.ofDays(days)), ZoneOffset.UTC);
            String keys = dir.resolve("after-" + days).toString();
            try (ServerKeyStore server = ServerKeyStore.open(Path.of(keys), clock, new SecureRandom());
                    Harness harness = new Harness((subtask, out) -> new TestBoundary(
                            subtask, out, FileKeyStore.open(Path.of(keys), clock, new SecureRandom()), clock))) {
                if (days == 20) {
                    server.makeAhead();
                } else {
                    // All that makeAhead would make of these days, in a fraction of the time.
                    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(RECEIVED), ZoneOffset.UTC);
                    server.make(day, day);
                }
                server.expire();
                harness.begin(0, 0);
                harness.record(0, LINE);
                harness.record(1, "{\"type\": broken");
                harness.barrier(1);
                BalanceEntry entry = harness.balance().get(0);
                boolean kept = days < 30;
                boolean quarantineKept = days < 14;
                long expired = (kept ? 0 : 3) + (quarantineKept ? 0 : 3);
                assertEquals(expired, entry.getReasons().getOrDefault("expired", 0L), "after " + days + " days");
                assertEquals((kept ? 1 : 0) + (quarantineKept ? 1 : 0), entry.getSealed(), "after " + days + " days");
                assertEquals(entry.getSealed(), harness.sealedRecords());
                for (RouteCount route : entry.getRoutes()) {
                    assertEquals(2, route.getIn());
                    assertEquals(kept ? 1 : 0, route.getReleased());
                    assertEquals(kept ? 1 : 2, route.getQuarantined());
                }
            }
        }
    }

    @Test
    void refusesATopicThatWasRecreatedForGood() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            state = harness.barrier(1);
        }
        try (Harness harness = new Harness(TestBoundary::new, state)) {
            PartitionBegins other = new PartitionBegins(TOPIC, "id-2", 0, 0, 0);
            Exception refusal = assertThrows(Exception.class, () -> harness.element(other));
            assertInstanceOf(SuppressRestartsException.class, refusal);
        }
    }

    @Test
    void refusesOffsetsThatGoBack() throws Exception {
        try (Harness harness = new Harness(TestBoundary::new)) {
            harness.begin(0, 0);
            harness.record(5, LINE);
            assertThrows(BoundaryFault.class, () -> harness.record(5, LINE));
        }
    }

    @Test
    void hasTypesThatFlinkKnows() {
        assertEquals(
                "PojoTypeInfo", TypeInformation.of(TopicRecord.class).getClass().getSimpleName());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long quarantined(BalanceEntry entry) {
        return entry.getRoutes().stream().mapToLong(RouteCount::getQuarantined).sum();
    }

    /** The operator in Flink's own harness. */
    private static final class Harness implements AutoCloseable {
        private final OneInputStreamOperatorTestHarness<SourceElement, TopicRecord> harness;

        Harness(OpenBoundary.Opener opener) throws Exception {
            this(opener, null);
        }

        Harness(OpenBoundary.Opener opener, OperatorSubtaskState state) throws Exception {
            harness = new OneInputStreamOperatorTestHarness<>(
                    new PrivacyBoundaryOperator(
                            opener, TOPICS, ROUTES, new SourceRules(Map.of()), WITH_SENDER_KEY, SEALED),
                    new InTaskType().createSerializer(null));
            harness.getExecutionConfig().enableObjectReuse();
            harness.setup();
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
        }

        void element(SourceElement element) throws Exception {
            harness.processElement(new StreamRecord<>(element));
        }

        void begin(long from, long first) throws Exception {
            element(new PartitionBegins(TOPIC, "id-1", 0, from, first));
        }

        void record(long offset, String value) throws Exception {
            record(offset, value, TimestampType.LOG_APPEND_TIME);
        }

        void record(long offset, String value, TimestampType type) throws Exception {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            element(new RawTopicRecord(new ConsumerRecord<>(
                    TOPIC,
                    0,
                    offset,
                    RECEIVED,
                    type,
                    0,
                    bytes.length,
                    null,
                    bytes,
                    new RecordHeaders(),
                    Optional.empty())));
        }

        OperatorSubtaskState barrier(long checkpoint) throws Exception {
            harness.prepareSnapshotPreBarrier(checkpoint);
            return harness.snapshot(checkpoint, checkpoint);
        }

        List<TopicRecord> all() {
            return new ArrayList<>(harness.extractOutputValues());
        }

        List<TopicRecord> sent(String topic) {
            return all().stream().filter(record -> record.topic().equals(topic)).toList();
        }

        List<BalanceEntry> balance() throws Exception {
            List<BalanceEntry> entries = new ArrayList<>();
            for (TopicRecord record : sent("balance")) {
                entries.add(BalanceEntry.fromByteBuffer(ByteBuffer.wrap(record.value())));
            }
            return entries;
        }

        List<SenderEvent> withSenderKey() {
            return harness.getSideOutput(WITH_SENDER_KEY).stream()
                    .map(StreamRecord::getValue)
                    .toList();
        }

        long sealedRecords() {
            Queue<StreamRecord<SealedBlock>> blocks = harness.getSideOutput(SEALED);
            // Null as long as nothing was sealed.
            return blocks == null
                    ? 0
                    : blocks.stream()
                            .mapToLong(block -> block.getValue().getRecords())
                            .sum();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
