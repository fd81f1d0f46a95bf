package io.sluice.sinks.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.RefusedDocument;
import io.sluice.sinks.elasticsearch.BulkStandIn.End;
import io.sluice.sinks.elasticsearch.BulkStandIn.Fault;
import io.sluice.sinks.elasticsearch.BulkStandIn.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
    private static final Instant NOW = Instant.parse("2024-01-10T13:00:00Z");
    private static final String INDEX = "usage-events-2024.01.10";

    private final List<RefusedDocument> refused = new CopyOnWriteArrayList<>();
    private final List<String> blamed = new CopyOnWriteArrayList<>();
    private boolean topicIsDown;
    private BulkStandIn standIn;
    private Delivery delivery;

    @BeforeEach
    void open() throws IOException {
        standIn = new BulkStandIn();
        delivery = new Delivery(
                standIn.connection().open(Duration.ofMillis(500)),
                topic(),
                IndexTemplates.ofOneNode(new Indices("")),
                blamed::add,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws IOException {
        delivery.close();
        standIn.close();
    }

    private RefusedTopic topic() {
        return new RefusedTopic() {
            @Override
            public CompletableFuture<Void> send(RefusedDocument document) {
                if (topicIsDown) {
                    return CompletableFuture.failedFuture(new IOException("down"));
                }
                refused.add(document);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static List<IndexRequest> requests(int count) {
        List<IndexRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] document = ("{\"number\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            requests.add(new IndexRequest(INDEX, "id" + i, document));
        }
        return requests;
    }

    private List<String> deliver(int count) {
        return delivery.deliver(requests(count)).join().stream()
                .map(IndexRequest::id)
                .toList();
    }

    @Test
    void createsTheIndexAndThenItsDocuments() {
        assertEquals(List.of(), deliver(3));
        assertEquals(Set.of(INDEX), standIn.indices());
        assertEquals(
                Map.of("id0", "{\"number\":0}", "id1", "{\"number\":1}", "id2", "{\"number\":2}"), standIn.documents());
        assertTrue(standIn.authorization().startsWith("Basic "));
        assertEquals(List.of(), blamed);
    }

    @Test
    void whatIsThereAlreadyIsDone() {
        deliver(2);
        assertEquals(List.of(), deliver(3));
        assertEquals(2, delivery.alreadyThere().getCount());
        assertEquals(3, standIn.documents().size());
        assertEquals(List.of(), refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"document_parsing_exception", "strict_dynamic_mapping_exception"})
    void aDocumentsOwnFaultGoesToTheTopic(String type) {
        standIn.set(ids -> Reply.faults(Map.of("id1", new Fault(400, type))));
        assertEquals(List.of(), deliver(3));
        assertEquals(Set.of("id0", "id2"), standIn.documents().keySet());
        RefusedDocument document = RefusedDocument.newBuilder()
                .setId("id1")
                .setIndex(INDEX)
                .setReason(type)
                .setRefused(NOW)
                .setDocument("{\"number\":1}")
                .build();
        assertEquals(List.of(document), refused);
        assertEquals(1, delivery.refused().getCount());
    }

    @Test
    void aRefusedDocumentIsDoneOnlyWhenTheTopicHasIt() {
        standIn.set(ids -> Reply.faults(Map.of("id1", new Fault(400, "document_parsing_exception"))));
        topicIsDown = true;
        assertEquals(List.of("id1"), deliver(3));
        topicIsDown = false;
        assertEquals(List.of(), deliver(3));
        assertEquals(1, refused.size());
    }

    @ParameterizedTest
    @CsvSource({
        "400, validation_exception",
        "400, index_closed_exception",
        "400, illegal_argument_exception",
        "400, mapper_parsing_exception",
        "400, invalid_index_name_exception",
        "400, some_newer_exception",
        "400, ''",
        "400, Not A Type",
        "401, security_exception",
        "403, security_exception",
        "403, cluster_block_exception",
        "404, index_not_found_exception",
        "409, some_other_conflict",
        "413, document_parsing_exception",
        "429, es_rejected_execution_exception",
        "429, document_parsing_exception",
        "429, cluster_block_exception",
        "500, document_parsing_exception",
        "503, unavailable_shards_exception",
        "0, ''",
    })
    void anyOtherFaultOfAnItemIsSentAgain(int status, String type) {
        standIn.set(ids -> Reply.faults(Map.of("id1", new Fault(status, type))));
        assertEquals(List.of("id1"), deliver(3));
        standIn.set(ids -> Reply.HONEST);
        assertEquals(List.of(), deliver(3));
        assertEquals(3, standIn.documents().size());
        assertEquals(List.of(), refused);
        assertTrue(blamed.get(0).startsWith("item-" + status), blamed.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 429, 500, 502, 503, 504})
    void anyFaultOfAWholeRequestIsSentAgain(int status) {
        standIn.set(ids -> Reply.status(status));
        assertEquals(List.of("id0", "id1"), deliver(2));
        assertEquals(List.of(), refused);
        assertEquals(Set.of("http-" + status), Set.copyOf(blamed));
    }

    @ParameterizedTest
    @EnumSource(names = "ANSWER", mode = EnumSource.Mode.EXCLUDE)
    void whatWasAppliedWithoutAnAnswerIsFoundThere(End end) {
        standIn.set(ids -> new Reply(200, true, end, Map.of()));
        assertEquals(List.of("id0", "id1"), deliver(2));
        standIn.set(ids -> Reply.HONEST);
        assertEquals(List.of(), deliver(2));
        assertEquals(2, delivery.alreadyThere().getCount());
        assertEquals(2, standIn.documents().size());
    }

    @Test
    void anAnswerWithTooFewItemsIsNotBelieved() {
        BulkAnswer answers = new BulkAnswer();
        String one = "{\"items\":[{\"create\":{\"status\":201}}]}";
        assertEquals(
                List.of(new Verdict.Held("answer-incomplete"), new Verdict.Held("answer-incomplete")),
                answers.read(new java.io.ByteArrayInputStream(one.getBytes(StandardCharsets.UTF_8)), 2));
    }

    @Test
    void anIndexThatWasDroppedIsCreatedAgain() {
        deliver(1);
        standIn.indices().clear();
        standIn.documents().clear();
        assertEquals(List.of("id0"), deliver(1));
        assertEquals(List.of(), deliver(1));
        assertEquals(Set.of(INDEX), standIn.indices());
    }

    @Test
    void noTextOfAnAnswerIsKept() {
        standIn.set(ids -> Reply.faults(Map.of(
                "id0", new Fault(400, "document_parsing_exception"), "id1", new Fault(503, "unavailable_shards"))));
        deliver(2);
        standIn.set(ids -> Reply.status(403));
        deliver(2);
        assertFalse(refused.toString().contains(BulkStandIn.VALUE_IN_REASON));
        assertFalse(blamed.toString().contains(BulkStandIn.VALUE_IN_REASON));
    }

    @Test
    void nothingPrintsAPassword() {
        assertFalse(standIn.connection().toString().contains("hidden-pw"));
        Credentials key = new Credentials.ApiKey(Secret.of("hidden-key".toCharArray()));
        assertFalse(key.toString().contains("hidden"));
        assertEquals("ApiKey hidden-key", key.authorization());
        assertFalse(Secret.of("hidden".toCharArray()).toString().contains("hidden"));
    }
}
