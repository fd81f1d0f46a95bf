package io.sluice.sinks.elasticsearch;

import io.sluice.schema.CleanEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** Writes the clean events of one subtask: asks the fence, hands bulks over, puts back what must be sent again. */
final class ElasticsearchSinkWriter extends AsyncSinkWriter<CleanEvent, IndexRequest> {
    /** An answer that never ends is given up by the HTTP client first; this is behind it. */
    private static final int LAST_TIMEOUT = 4;
    /** More than the longest document: a raw record of 2 MiB, each byte of it escaped. */
    private static final long LARGEST_DOCUMENT = 16L << 20;

    private final Fence fence;
    private final Delivery delivery;
    private final Counter fenced;

    ElasticsearchSinkWriter(
            ElementConverter<CleanEvent, IndexRequest> converter,
            LingerContext context,
            SinkSettings settings,
            Collection<BufferedRequestState<IndexRequest>> restored,
            HoldingGate gate,
            HoldingBuffer buffer,
            Fence fence,
            Delivery delivery) {
        super(converter, context, configuration(settings, gate), restored, buffer, buffer);
        this.fence = fence;
        this.delivery = delivery;
        SinkWriterMetricGroup metrics = context.metricGroup();
        metrics.gauge("heldBackMillis", gate::heldBackMillis);
        metrics.counter("documentsAlreadyThere", delivery.alreadyThere());
        metrics.counter("documentsRefused", delivery.refused());
        this.fenced = metrics.counter("documentsFenced");
    }

    private static AsyncSinkWriterConfiguration configuration(SinkSettings settings, HoldingGate gate) {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(settings.bulkDocuments())
                .setMaxBatchSizeInBytes(Math.max(settings.bulkBytes(), LARGEST_DOCUMENT))
                .setMaxInFlightRequests(settings.inFlight())
                .setMaxBufferedRequests(settings.bufferedDocuments())
                .setMaxTimeInBufferMS(LingerTimer.MARK)
                .setMaxRecordSizeInBytes(LARGEST_DOCUMENT)
                .setRequestTimeoutMS(settings.answerTimeout().toMillis() * LAST_TIMEOUT)
                .setFailOnTimeout(false)
                .setRateLimitingStrategy(gate)
                .build();
    }

    @Override
    protected void submitRequestEntries(List<IndexRequest> requests, ResultHandler<IndexRequest> handler) {
        List<IndexRequest> open = notFenced(requests);
        if (open.isEmpty()) {
            handler.complete();
            return;
        }
        delivery.deliver(open).thenAccept(again -> finish(again, handler));
    }

    private List<IndexRequest> notFenced(List<IndexRequest> requests) {
        List<IndexRequest> open = new ArrayList<>(requests.size());
        for (IndexRequest request : requests) {
            if (fence.holds(request.id())) {
                fenced.inc();
            } else {
                open.add(request);
            }
        }
        return open;
    }

    private static void finish(List<IndexRequest> again, ResultHandler<IndexRequest> handler) {
        try {
            if (again.isEmpty()) {
                handler.complete();
            } else {
                handler.retryForEntries(again);
            }
        } catch (RejectedExecutionException e) {
            // The task has ended while the answer was on its way; the checkpoint has what it did not confirm.
        }
    }

    @Override
    protected long getSizeInBytes(IndexRequest request) {
        return request.size();
    }

    @Override
    public void close() {
        try {
            delivery.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The client of Elasticsearch could not be closed.", e);
        }
    }
}
