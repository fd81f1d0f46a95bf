package io.sluice.ingest.carry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.boundary.SenderKey;
import io.sluice.schema.BalanceEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.RouteCount;
import io.sluice.sinks.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RetryFilterOperatorTest {
    static {
        OwnTypes.trust();
    }

    private static final List<String> ROUTES = List.of("analytics", "security", "operations");
    private static final RawPartition FIRST = new RawPartition("raw.usage-events", "id-1", 0);
    private static final RawPartition SECOND = new RawPartition("raw.usage-events", "id-1", 1);
    private static final long RECEIVED = 1_704_890_096_789L;
    private static final long HOUR = 3_600_000;

    @Test
    void anEventSentAgainIsCountedAndNotPassedOn() throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.event(FIRST, "analytics", 1, RECEIVED, "a");
            harness.event(SECOND, "analytics", 1, RECEIVED + 5, "a, again");
            harness.event(FIRST, "analytics", 2, RECEIVED, "b");
            harness.event(FIRST, "security", 3, RECEIVED, "c");
            harness.barrier(7);
            assertEquals(List.of("a", "b", "c"), harness.passed());
            List<BalanceEntry> entries = harness.balance();
            assertEquals(2, entries.size());
            for (BalanceEntry entry : entries) {
                assertEquals(
                        List.of("raw.usage-events", "id-1", 7L, 0L, 0L, 0L),
                        List.of(
                                entry.getTopic(),
                                entry.getTopicId(),
                                entry.getCheckpoint(),
                                entry.getFromOffset(),
                                entry.getToOffset(),
                                entry.getKafkaRecords()));
            }
            assertEquals(
                    List.of(
                            new RouteCount("analytics", 0L, 2L, 0L, 0L, 0L),
                            new RouteCount("security", 0L, 1L, 0L, 0L, 0L)),
                    of(entries, 0).getRoutes());
            assertEquals(
                    List.of(new RouteCount("analytics", 0L, 0L, 0L, 0L, 1L)),
                    of(entries, 1).getRoutes());
        }
    }

    @Test
    void eachCheckpointHasItsOwnAccount() throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.event(FIRST, "analytics", 1, RECEIVED, "a");
            harness.barrier(1);
            harness.barrier(2);
            harness.event(FIRST, "analytics", 1, RECEIVED, "a");
            harness.barrier(3);
            assertEquals(
                    List.of(1L, 3L),
                    harness.balance().stream().map(BalanceEntry::getCheckpoint).toList());
            assertEquals(
                    List.of(new RouteCount("analytics", 0L, 0L, 0L, 0L, 1L)),
                    harness.balance().get(1).getRoutes());
        }
    }

    @Test
    void aDayLaterItIsAnotherEvent() throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.event(FIRST, "analytics", 1, RECEIVED, "a");
            harness.event(FIRST, "analytics", 1, RECEIVED + 24 * HOUR, "just in time");
            harness.event(FIRST, "analytics", 1, RECEIVED + 24 * HOUR + 1000, "b");
            harness.event(FIRST, "analytics", 1, RECEIVED + 48 * HOUR, "of b");
            assertEquals(List.of("a", "b"), harness.passed());
        }
    }

    @Test
    void whatIsOldIsForgottenByReceiveTime() throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.event(FIRST, "analytics", 1, RECEIVED, "a");
            harness.event(FIRST, "analytics", 2, RECEIVED + 3 * HOUR, "b");
            harness.event(FIRST, "analytics", SenderKey.BUCKETS / 2, RECEIVED + 3 * HOUR, "c");
            assertEquals(2, harness.buckets());
            harness.watermark(RECEIVED + 24 * HOUR);
            assertTrue(harness.event(FIRST, "analytics", 1, RECEIVED + 24 * HOUR, "a")
                    .isEmpty());
            harness.watermark(RECEIVED + 25 * HOUR);
            assertEquals(2, harness.buckets());
            // Late, from another partition: what was forgotten cannot be recognised.
            assertEquals(List.of("a"), harness.event(SECOND, "analytics", 1, RECEIVED + 20 * HOUR, "a"));
            assertTrue(harness.event(SECOND, "analytics", 2, RECEIVED + 20 * HOUR, "b")
                    .isEmpty());
            harness.watermark(RECEIVED + 28 * HOUR);
            assertEquals(1, harness.buckets());
            harness.watermark(RECEIVED + 45 * HOUR);
            assertEquals(0, harness.buckets());
            assertEquals(0, harness.timers());
        }
    }

    @Test
    void aRestoredOneGoesOnFromItsCheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(null)) {
            harness.event(FIRST, "analytics", 1, RECEIVED, "a");
            state = harness.barrier(1);
            harness.event(FIRST, "analytics", 2, RECEIVED, "rolled back with its transaction");
            harness.event(FIRST, "analytics", 1, RECEIVED, "a, again");
        }
        try (Harness harness = new Harness(state)) {
            harness.event(FIRST, "analytics", 2, RECEIVED, "b");
            harness.event(FIRST, "analytics", 1, RECEIVED, "a, again");
            harness.barrier(2);
            assertEquals(List.of("b"), harness.passed());
            assertEquals(
                    List.of(new RouteCount("analytics", 0L, 1L, 0L, 0L, 1L)),
                    harness.balance().get(0).getRoutes());
            harness.watermark(RECEIVED + 26 * HOUR);
            assertEquals(0, harness.buckets(), "the timers are restored too");
        }
    }

    @Test
    void theStateHoldsNothingOfARecord() throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.event(FIRST, "analytics", 1, RECEIVED, "canary");
            String state = stored(harness.barrier(1));
            assertTrue(state.contains(HexFormat.of().toHexDigits(RECEIVED / 1000, 8)), "the second is in it");
            assertFalse(state.contains(HexFormat.of().formatHex("canary".getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void whatCrossesTheEdgeIsSerializedByFieldsAndNotByKryo() {
        assertEquals(
                "PojoTypeInfo", TypeInformation.of(SenderEvent.class).getClass().getSimpleName());
        assertFalse(TypeInformation.of(SenderEvent.class).toString().contains("Generic"));
    }

    private static String stored(OperatorSubtaskState state) {
        StringBuilder all = new StringBuilder();
        for (KeyedStateHandle handle : state.getManagedKeyedState()) {
            KeyGroupsStateHandle groups = (KeyGroupsStateHandle) handle;
            ByteStreamStateHandle bytes = (ByteStreamStateHandle) groups.getDelegateStateHandle();
            all.append(HexFormat.of().formatHex(bytes.getData()));
        }
        return all.toString();
    }

    private static BalanceEntry of(List<BalanceEntry> entries, int partition) {
        return entries.stream()
                .filter(entry -> entry.getPartition() == partition)
                .findFirst()
                .orElseThrow();
    }

    private static final class Harness implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<Integer, SenderEvent, TopicRecord> harness;

        Harness(OperatorSubtaskState state) throws Exception {
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new RetryFilterOperator(new Topics(""), ROUTES),
                    event -> event.key().bucket(),
                    Types.INT);
            harness.setup();
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
        }

        /** What came out for it. */
        List<String> event(RawPartition from, String route, int key, long received, String value) throws Exception {
            int before = passed().size();
            TopicRecord record =
                    new TopicRecord("clean." + route, null, received, value.getBytes(StandardCharsets.UTF_8));
            // Small keys share a bucket.
            SenderKey made = new SenderKey(key < 100 ? 0 : key, key);
            harness.processElement(new StreamRecord<>(new SenderEvent(made, from, route, record), received));
            List<String> all = passed();
            return all.subList(before, all.size());
        }

        void watermark(long time) throws Exception {
            harness.processWatermark(new Watermark(time));
        }

        OperatorSubtaskState barrier(long checkpoint) throws Exception {
            harness.prepareSnapshotPreBarrier(checkpoint);
            return harness.snapshot(checkpoint, checkpoint);
        }

        List<String> passed() {
            return harness.extractOutputValues().stream()
                    .filter(record -> !record.topic().equals("balance"))
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .toList();
        }

        List<BalanceEntry> balance() throws Exception {
            List<BalanceEntry> entries = new ArrayList<>();
            for (TopicRecord record : harness.extractOutputValues()) {
                if (record.topic().equals("balance")) {
                    entries.add(BalanceEntry.fromByteBuffer(ByteBuffer.wrap(record.value())));
                }
            }
            return entries;
        }

        /** How many buckets have a state. */
        int buckets() {
            return harness.numKeyedStateEntries();
        }

        int timers() {
            return harness.numEventTimeTimers();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
