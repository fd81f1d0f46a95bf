package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Reason;
import io.sluice.schema.CleanEvent;
import io.sluice.sinks.elasticsearch.CleanDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what became of records, as text. */
final class Recorded implements Outcomes {
    final Map<String, List<String>> released = new HashMap<>();
    final Map<String, List<CleanEvent>> events = new HashMap<>();
    final Map<String, Integer> suppressed = new HashMap<>();
    final Map<String, List<Reason>> quarantined = new HashMap<>();
    final List<String> identified = new ArrayList<>();
    final List<String> otherPaths = new ArrayList<>();
    final List<String> unlistedFields = new ArrayList<>();
    int blank;
    int header;

    @Override
    public void released(String route, Position at, CleanEvent event, @Nullable SenderKey sender) {
        String document = new String(new CleanDocument().write(event).toBytes(), StandardCharsets.UTF_8);
        released.computeIfAbsent(route, key -> new ArrayList<>()).add(document);
        events.computeIfAbsent(route, key -> new ArrayList<>()).add(event);
    }

    @Override
    public void suppressed(String route, Position at) {
        suppressed.merge(route, 1, Integer::sum);
    }

    @Override
    public void quarantined(String route, Position at, Reason reason) {
        quarantined.computeIfAbsent(route, key -> new ArrayList<>()).add(reason);
    }

    @Override
    public void identified(Position at, byte[] hash) {
        identified.add(at.ordinal() + ":" + HexFormat.of().formatHex(hash));
    }

    @Override
    public void blank(int lines) {
        blank += lines;
    }

    @Override
    public void header(int lines) {
        header += lines;
    }

    @Override
    public void otherPath(String shape) {
        otherPaths.add(shape);
    }

    @Override
    public void unlistedField(String shape) {
        unlistedFields.add(shape);
    }

    /** The one clean event of a route. */
    CleanEvent only(String route) {
        List<CleanEvent> all = events.getOrDefault(route, List.of());
        if (all.size() != 1) {
            throw new AssertionError(route + " released " + all.size() + " events, quarantined "
                    + quarantined.getOrDefault(route, List.of()) + ", suppressed " + suppressed.getOrDefault(route, 0));
        }
        return all.get(0);
    }

    int total(String route) {
        return released.getOrDefault(route, List.of()).size()
                + suppressed.getOrDefault(route, 0)
                + quarantined.getOrDefault(route, List.of()).size();
    }
}
