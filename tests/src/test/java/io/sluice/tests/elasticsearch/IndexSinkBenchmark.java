package io.sluice.tests.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.ingest.IndexTopology;
import io.sluice.ingest.IngestConfig;
import io.sluice.ingest.JobKind;
import io.sluice.ingest.KafkaSettings;
import io.sluice.schema.CleanEvent;
import io.sluice.sinks.elasticsearch.CleanDocument;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.SinkSettings;
import io.sluice.sinks.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index job, from a real Kafka, beside a bare loader that sends the same documents to the same Elasticsearch by
 * bulks of the same size, as many in flight, made before the clock starts. They take turns, each first in every other
 * round; the median of the rounds' ratios counts.
 *
 * <p>Run by {@code tests/benchmarks/index-sink}; its name keeps it out of the tests. The job runs all the time, as it
 * does in a company, since what Flink and the compiler do at a start is no matter of documents: its events of a round
 * lie in the topic beforehand, in a transaction, and it sees them when that is committed. Both are timed alike, by
 * Elasticsearch's own count from the first tenth of the documents to the last, so that neither a start nor an end
 * counts.
 */
class IndexSinkBenchmark {
    private static final double BAR = 0.85;
    private static final int DOCUMENTS = Integer.getInteger("sluice.benchmark.documents", 200_000);
    private static final int ROUNDS = Integer.getInteger("sluice.benchmark.rounds", 6);
    /** Until the code of all three programs is compiled; the speeds of these rounds still double. */
    private static final int WARM_UPS = 4;

    private static final String INDEX = "usage-events-2024.01.10";
    private static final Instant RECEIVED = Instant.parse("2024-01-10T12:00:00Z");
    private static final SinkSettings SETTINGS = SinkSettings.defaults();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrintStream out = System.out;
    private final List<Speed> loader = new ArrayList<>();
    private final List<Speed> job = new ArrayList<>();
    private final Topics topics = new Topics("");

    @TempDir
    Path folder;

    @Test
    void indexesAtNearlyTheSpeedOfABareLoader() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.plain(folder.resolve("kafka")));
                RealElasticsearch elasticsearch = RealElasticsearch.start();
                RestClient client = elasticsearch.connection().open(PATIENCE)) {
            Map<String, String> kafka = broker.clientProperties("anybody");
            createTopics(kafka);
            List<byte[]> bulks = bulks();
            IndexTemplates.ofOneNode(new Indices("")).install(client);
            Meter meter = new Meter(elasticsearch, broker);
            JobClient running = start(config(elasticsearch, kafka));
            try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
                for (int round = 1 - WARM_UPS; round <= ROUNDS; round++) {
                    fill(producer);
                    Speed sink = round % 2 == 0 ? index(meter, client, producer, running) : Speed.NONE;
                    Speed bare = load(meter, client, bulks);
                    if (round % 2 != 0) {
                        sink = index(meter, client, producer, running);
                    }
                    print(round < 1 ? "warm-up" : "round " + round, bare, sink);
                    if (round > 0) {
                        loader.add(bare);
                        job.add(sink);
                    }
                }
            } finally {
                running.cancel().exceptionally(alreadyOver -> null).get();
            }
            verdict();
        }
    }

    private void verdict() {
        print("medians of " + ROUNDS, median(loader), median(job));
        double ratio = medianRatio(Speed::perSecond);
        out.printf(
                Locale.ROOT,
                "median of the rounds' ratios: %.3f (per CPU second: %.3f); bar: %.2f%n",
                ratio,
                medianRatio(Speed::perCpuSecond),
                BAR);
        assertTrue(ratio >= BAR);
    }

    /** How fast documents came, by the clock and by the processor time of all processes together. */
    private record Speed(double perSecond, double perCpuSecond) {
        static final Speed NONE = new Speed(Double.NaN, Double.NaN);
    }

    private void print(String what, Speed bare, Speed sink) {
        out.printf(
                Locale.ROOT,
                "%s: bare loader %,.0f documents/s, index job %,.0f documents/s, ratio %.3f"
                        + " (per CPU second: %,.0f, %,.0f, %.3f)%n",
                what,
                bare.perSecond(),
                sink.perSecond(),
                sink.perSecond() / bare.perSecond(),
                bare.perCpuSecond(),
                sink.perCpuSecond(),
                sink.perCpuSecond() / bare.perCpuSecond());
    }

    private static Speed median(List<Speed> speeds) {
        return new Speed(
                median(speeds.stream().map(Speed::perSecond)),
                median(speeds.stream().map(Speed::perCpuSecond)));
    }

    /** What is slow beside both halves of a round leaves their ratio alone. */
    private double medianRatio(ToDoubleFunction<Speed> speed) {
        return median(IntStream.range(0, ROUNDS)
                .mapToObj(round -> speed.applyAsDouble(job.get(round)) / speed.applyAsDouble(loader.get(round))));
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static CleanEvent event(int number) {
        CleanEvent event = InventedEvents.event(number);
        event.setEventIngested(RECEIVED.plusMillis(number));
        event.setTimestamp(RECEIVED.plusMillis(number));
        return event;
    }

    private void createTopics(Map<String, String> kafka) throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            admin.createTopics(Stream.concat(
                                    Indices.ROUTES.stream().map(topics::clean),
                                    Stream.of(topics.subjectEntries(), topics.refused()))
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, String> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "rounds");
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) PATIENCE.toMillis() * 2);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** Puts the events of a round into the topic, where the job does not see them yet. */
    private void fill(KafkaProducer<byte[], byte[]> producer) throws Exception {
        producer.beginTransaction();
        for (int i = 0; i < DOCUMENTS; i++) {
            ByteBuffer encoded = event(i).toByteBuffer();
            byte[] value = new byte[encoded.remaining()];
            encoded.get(value);
            producer.send(new ProducerRecord<>(topics.clean("analytics"), value));
        }
        producer.flush();
    }

    private static List<byte[]> bulks() throws Exception {
        CleanDocument document = new CleanDocument();
        ByteArrayOutputStream bulk = new ByteArrayOutputStream();
        List<byte[]> bulks = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            CleanEvent event = event(i);
            String action = "{\"create\":{\"_index\":\"" + INDEX + "\",\"_id\":\"" + event.getEventId() + "\"}}\n";
            bulk.write(action.getBytes(StandardCharsets.UTF_8));
            document.write(event).writeTo(bulk);
            bulk.write('\n');
            if ((i + 1) % SETTINGS.bulkDocuments() == 0 || i + 1 == DOCUMENTS) {
                bulks.add(bulk.toByteArray());
                bulk.reset();
            }
        }
        return bulks;
    }

    private static Speed load(Meter meter, RestClient client, List<byte[]> bulks) throws Exception {
        meter.clear(client);
        CompletableFuture<Void> loader = CompletableFuture.runAsync(() -> send(client, bulks));
        Speed speed = meter.measure(loader);
        loader.join();
        return speed;
    }

    private static void send(RestClient client, List<byte[]> bulks) {
        Semaphore inFlight = new Semaphore(SETTINGS.inFlight());
        for (byte[] bulk : bulks) {
            inFlight.acquireUninterruptibly();
            Request request = new Request("POST", "/_bulk");
            request.addParameter("filter_path", "errors");
            request.setEntity(new NByteArrayEntity(bulk, ContentType.create("application/x-ndjson")));
            client.performRequestAsync(request, new ResponseListener() {
                @Override
                public void onSuccess(Response response) {
                    EntityUtils.consumeQuietly(response.getEntity());
                    inFlight.release();
                }

                @Override
                public void onFailure(Exception exception) {
                    // The count that does not come shows it.
                    inFlight.release();
                }
            });
        }
    }

    private static JobClient start(IngestConfig config) throws Exception {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // A job that fails is to be seen, not started again until nobody waits for it any more.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.interval());
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                config.stores().checkpoints().toUri().toString());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        IndexTopology.build(environment, config);
        return environment.executeAsync();
    }

    private static Speed index(
            Meter meter, RestClient client, KafkaProducer<byte[], byte[]> producer, JobClient running)
            throws Exception {
        meter.clear(client);
        producer.commitTransaction();
        return meter.measure(running.getJobExecutionResult());
    }

    private IngestConfig config(RealElasticsearch elasticsearch, Map<String, String> kafka) {
        return new IngestConfig(
                JobKind.INDEX,
                topics,
                1,
                new KafkaSettings(kafka),
                new IngestConfig.Stores(folder.resolve("checkpoints"), null, null, folder.resolve("subjects"), null),
                Map.of(),
                new IngestConfig.Geo(null, null, null, List.of()),
                elasticsearch.connection(),
                true,
                Duration.ofSeconds(1),
                0,
                Map.of());
    }

    /** Watches documents come, from the first tenth of them to the last. */
    private record Meter(RealElasticsearch elasticsearch, BrokerProcess broker) {
        /** Makes the index anew, so that neither has to. */
        void clear(RestClient client) throws Exception {
            elasticsearch.ask("DELETE", "/" + INDEX, "");
            client.performRequest(new Request("PUT", "/" + INDEX));
        }

        /** @param work what sends them; if it fails, so does this */
        Speed measure(CompletableFuture<?> work) throws Exception {
            long began = 0;
            int atBegin = 0;
            int last = 0;
            Duration cpuAtBegin = Duration.ZERO;
            long moved = System.nanoTime();
            while (last < DOCUMENTS) {
                LockSupport.parkNanos(50_000_000);
                int now = indexed();
                long time = System.nanoTime();
                if (now > last) {
                    moved = time;
                    last = now;
                }
                if (work.isCompletedExceptionally()) {
                    work.get();
                }
                assertTrue(time - moved < PATIENCE.toNanos(), "nothing has come for two minutes after " + last);
                if (began == 0 && now >= DOCUMENTS / 10) {
                    began = time;
                    atBegin = now;
                    cpuAtBegin = cpu();
                }
            }
            double cpu = cpu().minus(cpuAtBegin).toNanos();
            assertEquals(DOCUMENTS, last);
            return new Speed((last - atBegin) * 1e9 / (moved - began), (last - atBegin) * 1e9 / cpu);
        }

        private Duration cpu() {
            Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
            Duration kafka = broker.process()
                    .mark()
                    .find()
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
            return own.plus(kafka).plus(elasticsearch.cpu());
        }

        private int indexed() throws Exception {
            return elasticsearch
                    .ask("GET", "/" + INDEX + "/_stats/indexing?filter_path=_all.primaries.indexing.index_total", "")
                    .at("/_all/primaries/indexing/index_total")
                    .asInt();
        }
    }
}
