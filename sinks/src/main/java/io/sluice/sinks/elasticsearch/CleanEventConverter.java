package io.sluice.sinks.elasticsearch;

import io.sluice.schema.CleanEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request that indexes a clean event. Index, id and bytes come from the event alone, so a replay writes the
 * same bytes to the same place. Used by one thread.
 */
final class CleanEventConverter implements ElementConverter<CleanEvent, IndexRequest> {
    private static final long serialVersionUID = 1;

    private final Indices indices;
    private final String route;
    private transient @Nullable CleanDocument document;
    private transient Instant day = Instant.MIN;
    private transient String index = "";

    CleanEventConverter(Indices indices, String route) {
        this.indices = indices;
        this.route = route;
    }

    @Override
    public void open(WriterInitContext context) {
        document = new CleanDocument();
        day = Instant.MIN;
    }

    @Override
    public IndexRequest apply(CleanEvent event, SinkWriter.Context context) {
        if (document == null) {
            throw new IllegalStateException("open comes before apply");
        }
        return new IndexRequest(
                index(event.getEventIngested()),
                event.getEventId(),
                document.write(event).toBytes());
    }

    private String index(Instant received) {
        Instant itsDay = received.truncatedTo(ChronoUnit.DAYS);
        if (!itsDay.equals(day)) {
            day = itsDay;
            index = indices.of(route, itsDay);
        }
        return index;
    }
}
