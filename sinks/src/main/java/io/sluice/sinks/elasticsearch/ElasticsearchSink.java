package io.sluice.sinks.elasticsearch;

import io.sluice.schema.CleanEvent;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Writes the clean events of one route into Elasticsearch, one document each, under the id that the event carries, into
 * the index of its receive day.
 *
 * <p>Guarantees: at least once, and with the ids once; a document that is there already is left alone; a document is
 * given up only for its own fault and only into the topic {@code refused}; a fenced one is never sent; what waits stands
 * in the checkpoint. Anything else that is wrong holds the sink back for as long as it lasts. Does not guarantee: an
 * order; that a checkpoint completes while the buffer is full (the job must tolerate failed checkpoints).
 */
public final class ElasticsearchSink extends AsyncSinkBase<CleanEvent, IndexRequest> {
    private static final long serialVersionUID = 1;

    private final String route;
    private final ElasticsearchConnection connection;
    private final SinkSettings settings;
    private final RefusedTopic.Opener refused;
    private final Fence fence;
    private final @Nullable IndexTemplates templates;

    /**
     * Describes a sink; nothing is opened yet.
     *
     * @param route {@code analytics}, {@code security} or {@code operations}
     * @param refused where refused documents go
     * @param templates installed before the first document; null where they are installed by hand
     */
    public ElasticsearchSink(
            String route,
            ElasticsearchConnection connection,
            SinkSettings settings,
            RefusedTopic.Opener refused,
            Fence fence,
            @Nullable IndexTemplates templates) {
        super(
                new CleanEventConverter(connection.indices(), route),
                settings.bulkDocuments(),
                settings.inFlight(),
                settings.bufferedDocuments(),
                settings.bulkBytes(),
                settings.linger().toMillis(),
                settings.bulkBytes());
        // Refuses an unknown route here and not on the first event.
        connection.indices().family(route);
        this.route = route;
        this.connection = connection;
        this.settings = settings;
        this.refused = refused;
        this.fence = fence;
        this.templates = templates;
    }

    @Override
    public StatefulSinkWriter<CleanEvent, BufferedRequestState<IndexRequest>> createWriter(WriterInitContext context)
            throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<CleanEvent, BufferedRequestState<IndexRequest>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<IndexRequest>> restored) throws IOException {
        ProcessingTimeService timers = context.getProcessingTimeService();
        HoldingGate gate =
                new HoldingGate(connection.indices().pattern(route), settings, timers, new SplittableRandom());
        HoldingBuffer buffer = new HoldingBuffer(settings, gate);
        Delivery delivery = deliver(gate);
        return new ElasticsearchSinkWriter(
                getElementConverter(),
                new LingerContext(context, new LingerTimer(timers, buffer, settings)),
                settings,
                restored,
                gate,
                buffer,
                fence,
                delivery);
    }

    private Delivery deliver(HoldingGate gate) throws IOException {
        RestClient client = connection.open(settings.answerTimeout());
        try {
            return new Delivery(client, refused.open(), templates, gate::blame, Clock.systemUTC());
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<IndexRequest>> getWriterStateSerializer() {
        return new IndexRequestSerializer();
    }
}
