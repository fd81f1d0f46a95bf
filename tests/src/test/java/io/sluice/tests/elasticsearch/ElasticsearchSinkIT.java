package io.sluice.tests.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.RefusedDocument;
import io.sluice.sinks.elasticsearch.ElasticsearchSink;
import io.sluice.sinks.elasticsearch.Fence;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.KafkaRefusedTopic;
import io.sluice.sinks.elasticsearch.RefusedDocuments;
import io.sluice.sinks.elasticsearch.SinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ElasticsearchSinkIT {
    private static final String REFUSED = "refused";
    /** Elasticsearch's dates have four digits of year unless told otherwise. */
    private static final Instant NO_DATE = Instant.parse("+12024-01-10T12:00:00Z");

    @TempDir
    Path folder;

    private BrokerProcess broker;
    private RealElasticsearch elasticsearch;
    private SinkJob flink;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.start(BrokerSettings.plain(folder.resolve("kafka")));
        Properties properties = new Properties();
        properties.putAll(kafka());
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic(REFUSED, 3, (short) 1)))
                    .all()
                    .get();
        }
        elasticsearch = RealElasticsearch.start();
        flink = new SinkJob(folder);
    }

    @AfterEach
    void stop() throws Exception {
        flink.close();
        elasticsearch.close();
        broker.close();
    }

    private Map<String, String> kafka() {
        return broker.clientProperties("anybody");
    }

    private ElasticsearchSink sink() {
        return new ElasticsearchSink(
                "analytics",
                elasticsearch.connection(),
                SinkSettings.defaults(),
                new KafkaRefusedTopic.Opener(kafka(), REFUSED),
                Fence.NONE,
                IndexTemplates.ofOneNode(new Indices("")));
    }

    private static void succeed(CompletableFuture<JobResult> job) throws Exception {
        JobResult result = job.get(8, TimeUnit.MINUTES);
        if (result.getSerializedThrowable().isPresent()) {
            throw new AssertionError(result.getSerializedThrowable().get());
        }
    }

    private static CleanEvent someWithoutADate(long number) {
        CleanEvent event = InventedEvents.event(number);
        if (number % 1_000 == 7) {
            event.setTimestamp(NO_DATE);
        }
        return event;
    }

    @Test
    void indexesWhatItCanAndKeepsWhatIsRefusedForARetry() throws Exception {
        succeed(flink.run(5_000, ElasticsearchSinkIT::someWithoutADate, sink()));
        // A replay of all of it.
        succeed(flink.run(5_000, ElasticsearchSinkIT::someWithoutADate, sink()));

        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            expected.put(InventedEvents.id(i), InventedEvents.indexed(someWithoutADate(i)));
        }
        Set<String> refused = new HashSet<>();
        for (int i = 7; i < 5_000; i += 1_000) {
            refused.add(InventedEvents.id(i));
        }
        expected.keySet().removeAll(refused);
        assertEquals(expected, elasticsearch.documents());
        retry(refused);
        searches();
    }

    private void retry(Set<String> expected) throws Exception {
        try (RefusedDocuments refused = RefusedDocuments.open(kafka(), REFUSED);
                RestClient client = elasticsearch.connection().open(Duration.ofSeconds(30))) {
            Set<String> ids = new HashSet<>();
            for (RefusedDocument document : refused.list()) {
                assertEquals("document_parsing_exception", document.getReason());
                ids.add(document.getId());
            }
            assertEquals(expected, ids);
            assertEquals(new RefusedDocuments.Report(0, 0, 0, 5, 0, ""), refused.retry(client, Fence.NONE));

            // One of them as it should have been, and one whose subject was deleted since.
            CleanEvent right = InventedEvents.event(7);
            String[] indexAndDocument = InventedEvents.indexed(right).split(" ", 2);
            try (KafkaRefusedTopic topic = KafkaRefusedTopic.open(kafka(), REFUSED)) {
                topic.send(new RefusedDocument(
                                right.getEventId(),
                                indexAndDocument[0],
                                "document_parsing_exception",
                                Instant.parse("2024-01-10T13:00:00Z"),
                                indexAndDocument[1]))
                        .get();
            }
            Fence fence = id -> id.equals(InventedEvents.id(1_007));
            assertEquals(new RefusedDocuments.Report(1, 0, 1, 3, 0, ""), refused.retry(client, fence));
            assertEquals(4, refused.list().size());
            assertEquals(
                    InventedEvents.indexed(right), elasticsearch.documents().get(InventedEvents.id(7)));

            try (RestClient stranger = elasticsearch.connection("guess").open(Duration.ofSeconds(30))) {
                assertEquals(
                        new RefusedDocuments.Report(0, 0, 0, 0, 4, "http-401"), refused.retry(stranger, Fence.NONE));
            }
        }
    }

    private void searches() throws Exception {
        JsonNode answer = elasticsearch.ask(
                "POST",
                "/usage-events-*/_search",
                """
                {"size": 0,
                 "query": {"bool": {"filter": [
                   {"term": {"props.plan": "pro"}},
                   {"range": {"event.ingested": {"gte": "2024-01-10T12:00:00Z"}}}]}},
                 "aggs": {
                   "paths": {"terms": {"field": "url.path"}},
                   "visitors": {"cardinality": {"field": "visitor.id"}},
                   "bytes": {"sum": {"field": "http.response.body.bytes"}},
                   "seats": {"terms": {"field": "props.seats"}}}}
                """);
        assertTrue(answer.at("/hits/total/value").asInt() > 100, answer.toString());
        assertEquals(6, answer.at("/aggregations/paths/buckets").size(), answer.toString());
        assertTrue(answer.at("/aggregations/bytes/value").asLong() > 1_000_000, answer.toString());
        assertEquals(9, answer.at("/aggregations/seats/buckets").size(), answer.toString());
    }

    @Test
    void losesAndDoublesNothingWhenElasticsearchIsKilledUnderLoad() throws Exception {
        int count = 60_000;
        CompletableFuture<JobResult> job = flink.run(count, InventedEvents::event, sink());
        while (elasticsearch.count() < 10_000) {
            assertFalse(job.isDone(), "it was killed under load");
        }
        elasticsearch.kill();
        elasticsearch.startAgain();
        succeed(job);
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < count; i++) {
            expected.put(InventedEvents.id(i), InventedEvents.indexed(InventedEvents.event(i)));
        }
        assertEquals(expected, elasticsearch.documents());
        assertEquals(count, elasticsearch.count());
        try (RefusedDocuments refused = RefusedDocuments.open(kafka(), REFUSED)) {
            assertEquals(List.of(), refused.list());
        }
    }
}
