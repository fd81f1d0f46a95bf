package io.sluice.tests.retries;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.ingest.boundary.SenderKey;
import io.sluice.ingest.carry.RawPartition;
import io.sluice.ingest.carry.RetryFilterOperator;
import io.sluice.ingest.carry.SenderEvent;
import io.sluice.ingest.carry.TopicRecord;
import io.sluice.sinks.topics.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs the retry filter to remember an event: heap, checkpoint and time; beside the usual way, which is a state
 * and a timer for each.
 *
 * <p>Run by {@code tests/benchmarks/retries}; its name keeps it out of the tests.
 */
class RetryStateBenchmark {
    private static final int EVENTS = Integer.getInteger("sluice.benchmark.events", 2_000_000);
    private static final long RECEIVED = 1_704_890_096_789L;
    private static final RawPartition FROM = new RawPartition("raw.usage-events", "id-1", 0);
    private static final TopicRecord RECORD = new TopicRecord("clean.usage-events", null, RECEIVED, new byte[0]);

    private final PrintStream out = System.out;

    @TempDir
    Path folder;

    /** The usual way. */
    private static final class OneStateEach extends KeyedProcessFunction<String, SenderEvent, TopicRecord> {
        private static final long serialVersionUID = 1;
        private static final long DAY = 86_400_000;

        private transient ValueState<Long> seen;

        @Override
        public void open(OpenContext context) {
            seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.LONG));
        }

        @Override
        public void processElement(SenderEvent event, Context context, Collector<TopicRecord> into) throws Exception {
            if (seen.value() == null) {
                seen.update(event.record().timestamp());
                context.timerService().registerEventTimeTimer(event.record().timestamp() + DAY);
                into.collect(event.record());
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<TopicRecord> into) {
            seen.clear();
        }
    }

    @Test
    void measure() throws Exception {
        measure(
                "packed by bucket",
                new RetryFilterOperator(new Topics(""), List.of("analytics")),
                event -> event.key().bucket(),
                Types.INT);
        measure(
                "one state each",
                new KeyedProcessOperator<>(new OneStateEach()),
                event -> Long.toHexString(event.key().bucket())
                        + Long.toHexString(event.key().print()),
                Types.STRING);
    }

    private <K> void measure(
            String name,
            OneInputStreamOperator<SenderEvent, TopicRecord> operator,
            KeySelector<SenderEvent, K> key,
            TypeInformation<K> type)
            throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<K, SenderEvent, TopicRecord> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(operator, key, type)) {
            // In memory a snapshot may have five megabytes.
            harness.setCheckpointStorage(new FileSystemCheckpointStorage(folder.toUri()));
            harness.setup();
            harness.open();
            long heapBefore = heap();
            SplittableRandom random = new SplittableRandom(3);
            long begun = System.nanoTime();
            for (int event = 0; event < EVENTS; event++) {
                SenderKey made = new SenderKey(random.nextInt(SenderKey.BUCKETS), random.nextLong());
                harness.processElement(new StreamRecord<>(new SenderEvent(made, FROM, "analytics", RECORD), RECEIVED));
                if (event % 10_000 == 0) {
                    // To ask for its size costs more than all else.
                    harness.getOutput().clear();
                }
            }
            long nanos = System.nanoTime() - begun;
            harness.getOutput().clear();
            long heap = heap() - heapBefore;
            OperatorSubtaskState state = harness.snapshot(1, 1);
            assertFalse(state.getManagedKeyedState().isEmpty(), "the state is keyed");
            out.printf(
                    Locale.ROOT,
                    "%-18s %,d events: heap %.1f B, checkpoint %.1f B, %.0f ns an event%n",
                    name,
                    EVENTS,
                    (double) heap / EVENTS,
                    (double) state.getStateSize() / EVENTS,
                    (double) nanos / EVENTS);
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
