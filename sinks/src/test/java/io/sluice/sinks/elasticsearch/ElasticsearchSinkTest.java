package io.sluice.sinks.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.CleanEvent;
import io.sluice.schema.RefusedDocument;
import io.sluice.sinks.elasticsearch.BulkStandIn.End;
import io.sluice.sinks.elasticsearch.BulkStandIn.Fault;
import io.sluice.sinks.elasticsearch.BulkStandIn.Mood;
import io.sluice.sinks.elasticsearch.BulkStandIn.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink in a Flink job, against a stand-in whose answers the test gives. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ElasticsearchSinkTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    private BulkStandIn standIn;
    private MiniCluster cluster;
    private Path refusedFolder;

    @BeforeEach
    void start() throws Exception {
        standIn = new BulkStandIn();
        refusedFolder = Files.createDirectory(folder.resolve("refused"));
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        standIn.close();
    }

    /** An event that follows from its number alone. */
    static CleanEvent event(long number) {
        CleanEvent event = CleanEvents.typical(new Random(number), (int) number);
        event.setEventId("id" + number);
        event.setEventIngested(CleanEvents.RECEIVED.plusSeconds(number * 10));
        return event;
    }

    private static Map<String, String> expected(int count) {
        CleanDocument document = new CleanDocument();
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < count; i++) {
            expected.put("id" + i, new String(document.write(event(i)).toBytes(), StandardCharsets.UTF_8));
        }
        return expected;
    }

    private StreamExecutionEnvironment environment(Configuration extra) {
        Configuration configuration = new Configuration(extra);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        environment.getConfig().enableObjectReuse();
        return environment;
    }

    private ElasticsearchSink sink(Fence fence) {
        return new ElasticsearchSink(
                "analytics",
                standIn.connection(),
                BulkStandIn.quick(),
                FolderTopic.opener(refusedFolder),
                fence,
                IndexTemplates.ofOneNode(new Indices("")));
    }

    private JobGraph job(StreamExecutionEnvironment environment, DataStream<Long> numbers, Fence fence) {
        // Chained with object reuse, so the type is never used.
        numbers.map(ElasticsearchSinkTest::event, new GenericTypeInfo<>(CleanEvent.class))
                .sinkTo(sink(fence))
                .uid("index");
        return environment.getStreamGraph().getJobGraph();
    }

    private JobID submit(JobGraph graph) throws Exception {
        return cluster.submitJob(graph).get(PATIENCE_SECONDS, TimeUnit.SECONDS).getJobID();
    }

    private void run(JobGraph graph) throws Exception {
        JobResult result = cluster.requestJobResult(submit(graph)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result.getSerializedThrowable().isPresent()) {
            throw new AssertionError(result.getSerializedThrowable().get());
        }
    }

    @Test
    void writesEachEventOnceUnderItsIdAndReceiveDay() throws Exception {
        StreamExecutionEnvironment environment = environment(new Configuration());
        run(job(environment, environment.fromSequence(0, 9_999), Fence.NONE));
        assertEquals(expected(10_000), standIn.documents());
        assertEquals(Set.of("usage-events-2024.01.10", "usage-events-2024.01.11"), standIn.indices());
        assertEquals(Map.of(), new FolderTopic(refusedFolder).documents());
        assertTrue(standIn.bulks().stream().allMatch(bulk -> bulk.size() <= 100));
    }

    @Test
    void losesAndDoublesNothingWhateverComesBack() throws Exception {
        int count = 6_000;
        standIn.set(new Whims(new Random(20240110), 120));
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment environment = environment(configuration);
        environment.enableCheckpointing(50);
        environment.getCheckpointConfig().setTolerableCheckpointFailureNumber(1_000);
        DataStream<Long> numbers = environment
                .fromSequence(0, count - 1)
                .map(new FailOnce(folder.resolve("failed").toString(), 4_000));
        run(job(environment, numbers, Fence.NONE));

        Map<String, String> kept = expected(count);
        Map<String, RefusedDocument> refused = new FolderTopic(refusedFolder).documents();
        Set<String> ownFault = new HashSet<>();
        for (String id : List.copyOf(kept.keySet())) {
            if (Whims.ownFault(id) != null) {
                ownFault.add(id);
                RefusedDocument document = refused.get(id);
                assertNotNull(document, id);
                assertEquals(kept.remove(id), document.getDocument());
            }
        }
        assertEquals(ownFault, refused.keySet());
        assertEquals(kept, standIn.documents());
        assertFalse(refused.toString().contains(BulkStandIn.VALUE_IN_REASON));
        assertTrue(Files.exists(folder.resolve("failed")), "the job failed on the way");
    }

    @Test
    void barriersPassWhileItIsHeldBackAndWhatWaitsComesBackFromTheCheckpoint() throws Exception {
        CountDownLatch tries = new CountDownLatch(5);
        standIn.set(ids -> {
            tries.countDown();
            return Reply.status(503);
        });
        StreamExecutionEnvironment environment = environment(new Configuration());
        // More than a bulk and less than the buffer.
        JobID job = submit(job(environment, environment.addSource(new AndThenQuiet(250)), Fence.NONE));
        assertTrue(tries.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        for (int i = 0; i < 3; i++) {
            cluster.triggerCheckpoint(job, CheckpointType.FULL).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertEquals(Map.of(), standIn.documents());
        cluster.cancelJob(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        standIn.set(ids -> Reply.HONEST);
        Configuration restored = new Configuration();
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, newestCheckpoint(job));
        StreamExecutionEnvironment second = environment(restored);
        Fence fence = id -> id.endsWith("50") || id.equals("id7") || id.equals("id8");
        JobID again = submit(job(second, second.addSource(new AndThenQuiet(0)), fence));
        Map<String, String> expected = expected(250);
        for (String fenced : List.of("id50", "id150", "id7", "id8")) {
            expected.remove(fenced);
        }
        awaitDocuments(expected.size());
        cluster.cancelJob(again).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(expected, standIn.documents());
    }

    /** Waits until the stand-in keeps so many: what has arrived there is not yet kept. */
    private void awaitDocuments(int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (standIn.documents().size() < count) {
            assertTrue(System.nanoTime() < end, standIn.documents().size() + " came back");
            LockSupport.parkNanos(10_000_000);
        }
    }

    private String newestCheckpoint(JobID job) throws Exception {
        Path newest = folder.resolve("checkpoints").resolve(job.toString()).resolve("chk-3");
        assertTrue(Files.exists(newest.resolve("_metadata")));
        return newest.toUri().toString();
    }

    /** Fails at a number, once, as the mark in a file says. */
    private record FailOnce(String mark, long number) implements MapFunction<Long, Long> {
        @Override
        public Long map(Long value) throws Exception {
            if (value == number && !Files.exists(Path.of(mark))) {
                Files.createFile(Path.of(mark));
                throw new IllegalStateException("planted");
            }
            return value;
        }
    }

    /** Numbers from 0, and then nothing until it is cancelled. */
    private static final class AndThenQuiet implements SourceFunction<Long> {
        private static final long serialVersionUID = 1;

        private final long count;
        private volatile boolean cancelled;

        AndThenQuiet(long count) {
            this.count = count;
        }

        @Override
        public void run(SourceContext<Long> context) throws Exception {
            synchronized (context.getCheckpointLock()) {
                for (long i = 0; i < count; i++) {
                    context.collect(i);
                }
            }
            synchronized (this) {
                while (!cancelled) {
                    wait();
                }
            }
        }

        @Override
        public void cancel() {
            synchronized (this) {
                cancelled = true;
                notifyAll();
            }
        }
    }

    /** Answers each of the first bulks with one of the design's faults, seeded, and is honest afterwards. */
    private static final class Whims implements Mood {
        private static final List<Fault> OTHERS = List.of(
                new Fault(400, "validation_exception"),
                new Fault(400, "index_closed_exception"),
                new Fault(400, "illegal_argument_exception"),
                new Fault(401, "security_exception"),
                new Fault(403, "cluster_block_exception"),
                new Fault(404, "index_not_found_exception"),
                new Fault(429, "es_rejected_execution_exception"),
                new Fault(500, "internal_server_error"),
                new Fault(503, "unavailable_shards_exception"));

        private final Random random;
        private int left;

        Whims(Random random, int left) {
            this.random = random;
            this.left = left;
        }

        static @Nullable Fault ownFault(String id) {
            int number = Integer.parseInt(id.substring(2));
            return switch (number % 97) {
                case 3 -> new Fault(400, "strict_dynamic_mapping_exception");
                case 5 -> new Fault(400, "document_parsing_exception");
                default -> null;
            };
        }

        @Override
        public synchronized Reply reply(List<String> ids) {
            left--;
            int whim = left < 0 ? 0 : random.nextInt(9);
            return switch (whim) {
                case 1 -> Reply.status(List.of(401, 403, 404, 429, 500, 503).get(random.nextInt(6)));
                case 2 -> new Reply(200, true, End.DROP, own(ids));
                case 3 -> new Reply(200, false, End.DROP, Map.of());
                case 4 -> new Reply(200, true, End.HALF_AN_ANSWER, own(ids));
                case 5 -> random.nextInt(4) == 0 ? new Reply(200, true, End.SILENCE, own(ids)) : mixed(ids);
                case 6, 7 -> mixed(ids);
                default -> Reply.faults(own(ids));
            };
        }

        private static Map<String, Fault> own(List<String> ids) {
            Map<String, Fault> faults = new HashMap<>();
            for (String id : ids) {
                Fault fault = ownFault(id);
                if (fault != null) {
                    faults.put(id, fault);
                }
            }
            return faults;
        }

        private Reply mixed(List<String> ids) {
            Map<String, Fault> faults = own(ids);
            for (String id : new ArrayList<>(ids)) {
                if (random.nextInt(10) == 0) {
                    faults.put(id, OTHERS.get(random.nextInt(OTHERS.size())));
                }
            }
            return Reply.faults(faults);
        }
    }
}
