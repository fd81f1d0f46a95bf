package io.sluice.sinks.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/**
 * Drops the indices of single events whose retention is over, by the day in their name.
 *
 * <p>Guarantees: an index goes when its first event may be kept no longer, so no event outlives its retention; only an
 * index whose name is that of a route and a day is ever dropped, and each by its full name. Does not guarantee: that it
 * runs. The server calls it, by an account that may list and drop these indices and nothing else.
 *
 * @param indices the names
 * @param retentions by route, from receive time; a route without one keeps its indices
 */
public record IndexExpiry(Indices indices, Map<String, Duration> retentions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public IndexExpiry {
        retentions = Map.copyOf(retentions);
    }

    /**
     * Drops what is over at that moment; doing it again changes nothing.
     *
     * @return names of the indices that were dropped
     * @throws IOException if Elasticsearch cannot be reached, or does not let this account
     */
    public List<String> expire(RestClient client, Instant now) throws IOException {
        List<String> due = due(client, now);
        for (String index : due) {
            Request drop = new Request("DELETE", "/" + index);
            drop.addParameter("ignore_unavailable", "true");
            client.performRequest(drop);
        }
        return due;
    }

    /** The indices that {@link #expire} would drop. */
    public List<String> due(RestClient client, Instant now) throws IOException {
        List<String> due = new ArrayList<>();
        for (String index : names(client)) {
            if (isOver(index, now)) {
                due.add(index);
            }
        }
        return due;
    }

    private boolean isOver(String index, Instant now) {
        return Indices.ROUTES.stream().anyMatch(route -> {
            Duration retention = retentions.get(route);
            Optional<LocalDate> day = indices.day(route, index);
            return retention != null
                    && day.isPresent()
                    && !now.isBefore(
                            day.get().atStartOfDay(ZoneOffset.UTC).toInstant().plus(retention));
        });
    }

    private List<String> names(RestClient client) throws IOException {
        Stream<String> patterns = Indices.ROUTES.stream().map(indices::pattern);
        // One setting of each is the least that names them all.
        Request request =
                new Request("GET", "/" + String.join(",", patterns.toList()) + "/_settings/index.creation_date");
        try (InputStream answer = client.performRequest(request).getEntity().getContent()) {
            JsonNode all = JSON.readTree(answer);
            List<String> names = new ArrayList<>();
            all.fieldNames().forEachRemaining(names::add);
            return names.stream().sorted().toList();
        }
    }
}
