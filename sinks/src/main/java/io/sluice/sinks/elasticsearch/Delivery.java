package io.sluice.sinks.elasticsearch;

import io.sluice.schema.RefusedDocument;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Brings documents into their indices, or those that are refused for their own fault into the topic {@code refused}.
 *
 * <p>Guarantees: a document that it does not give back is in its index or acknowledged in the topic. Does not guarantee
 * that one it gives back is not there too (an answer may have been lost); sending it again does no harm. Answers are
 * read by threads of the HTTP client; what may wait (templates, the topic) by a thread of its own. Safe for use by
 * several threads.
 */
final class Delivery implements Closeable {
    private final RestClient client;
    private final RefusedTopic topic;
    private final IndexSetup indices;
    private final Consumer<String> blame;
    private final Clock clock;
    private final BulkClient bulks;
    private final ExecutorService waiting;
    private final Counter alreadyThere = new ThreadSafeSimpleCounter();
    private final Counter refused = new ThreadSafeSimpleCounter();

    /**
     * Begins to use a client and a topic, which it closes in the end.
     *
     * @param templates installed before the first document; null where they are installed by hand
     * @param blame is told a code when documents are given back
     */
    Delivery(
            RestClient client,
            RefusedTopic topic,
            @Nullable IndexTemplates templates,
            Consumer<String> blame,
            Clock clock) {
        this.client = client;
        this.topic = topic;
        this.indices = new IndexSetup(client, templates);
        this.blame = blame;
        this.clock = clock;
        this.bulks = new BulkClient(client);
        this.waiting = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "elasticsearch-delivery");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Documents that were there from an earlier try. */
    Counter alreadyThere() {
        return alreadyThere;
    }

    /** Documents refused for their own fault. */
    Counter refused() {
        return refused;
    }

    /**
     * Delivers documents.
     *
     * @return those to send again, in their order; never completes exceptionally
     */
    CompletableFuture<List<IndexRequest>> deliver(List<IndexRequest> requests) {
        return prepared(requests)
                .thenCompose(nothing -> bulks.create(requests))
                .thenCompose(verdicts -> settle(requests, verdicts))
                .exceptionally(fault -> {
                    // The text of any other fault may quote an answer.
                    Throwable cause = cause(fault);
                    blame.accept(
                            cause instanceof SetupRefused refusal
                                    ? String.valueOf(refusal.getMessage())
                                    : "setup-" + BulkClient.code(cause));
                    return requests;
                });
    }

    private static Throwable cause(Throwable fault) {
        Throwable cause = fault;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private CompletableFuture<Void> prepared(List<IndexRequest> requests) {
        Set<String> names = new HashSet<>();
        for (IndexRequest request : requests) {
            names.add(request.index());
        }
        if (indices.knows(names)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        indices.create(names);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                waiting);
    }

    private CompletableFuture<List<IndexRequest>> settle(List<IndexRequest> requests, List<Verdict> verdicts) {
        Settlement settlement = new Settlement();
        for (int i = 0; i < requests.size(); i++) {
            settlement.current = requests.get(i);
            verdicts.get(i).tell(settlement);
        }
        if (settlement.refusals.isEmpty()) {
            return CompletableFuture.completedFuture(settlement.again);
        }
        return CompletableFuture.supplyAsync(() -> refuse(settlement.refusals), waiting)
                .thenCompose(unwritten -> unwritten)
                .thenApply(unwritten -> {
                    settlement.again.addAll(unwritten);
                    return settlement.again;
                });
    }

    /** A document and why it was refused. */
    private record Refusal(IndexRequest request, String type) {}

    /** Sorts the documents of one bulk by what became of them. */
    private final class Settlement implements Verdict.Listener {
        private final List<IndexRequest> again = new ArrayList<>();
        private final List<Refusal> refusals = new ArrayList<>();
        private @Nullable IndexRequest current;

        @Override
        public void created() {
            // Nothing is left to do.
        }

        @Override
        public void alreadyThere() {
            alreadyThere.inc();
        }

        @Override
        public void refused(String type) {
            refusals.add(new Refusal(Objects.requireNonNull(current), type));
        }

        @Override
        public void held(String code, boolean noIndex) {
            blame.accept(code);
            again.add(Objects.requireNonNull(current));
            if (noIndex) {
                indices.forget();
            }
        }
    }

    /** Writes documents to the topic; gives back those that were not acknowledged. */
    private CompletableFuture<List<IndexRequest>> refuse(List<Refusal> refusals) {
        CompletableFuture<List<IndexRequest>> unwritten = CompletableFuture.completedFuture(new ArrayList<>());
        for (Refusal refusal : refusals) {
            CompletableFuture<Boolean> written =
                    topic.send(document(refusal)).handle((nothing, fault) -> fault == null);
            unwritten = unwritten.thenCombine(written, (list, acknowledged) -> {
                if (acknowledged) {
                    refused.inc();
                } else {
                    blame.accept("refused-topic");
                    list.add(refusal.request());
                }
                return list;
            });
        }
        return unwritten;
    }

    private RefusedDocument document(Refusal refusal) {
        return RefusedDocument.newBuilder()
                .setId(refusal.request().id())
                .setIndex(refusal.request().index())
                .setReason(refusal.type())
                .setRefused(clock.instant())
                .setDocument(new String(refusal.request().document(), StandardCharsets.UTF_8))
                .build();
    }

    @Override
    public void close() throws IOException {
        waiting.shutdownNow();
        try {
            client.close();
        } finally {
            topic.close();
        }
    }
}
