package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sends a file through the stream and holds what Elasticsearch then has against what {@code redact} prints with the same
 * keys, on every route, but for {@code event.id} and {@code event.ingested}; and the balance against offline's.
 */
final class SameAsOffline {
    private final RunningSluice sluice;
    private final Map<String, Set<String>> idsBefore = new TreeMap<>();
    private final Map<String, Account.Sum> sumsBefore = new TreeMap<>();

    private SameAsOffline(RunningSluice sluice) throws Exception {
        this.sluice = sluice;
        Account account = sluice.awaitIndexed();
        for (String route : Indices.ROUTES) {
            Set<String> ids = new HashSet<>();
            if (account.route(route).released() > 0) {
                sluice.documents(route)
                        .read(
                                RunningSluice.INDICES.pattern(route),
                                hit -> ids.add(hit.get("_id").asText()));
            }
            idsBefore.put(route, ids);
            sumsBefore.put(route, account.route(route));
        }
    }

    /** Fails if something differs; the sum of each route. */
    static Map<String, Account.Sum> check(RunningSluice sluice, Path file, String... options) throws Exception {
        SameAsOffline same = new SameAsOffline(sluice);
        sluice.send(file, options);
        Account account = sluice.awaitIndexed();
        Map<String, Account.Sum> sums = new TreeMap<>();
        for (String route : Indices.ROUTES) {
            Account.Sum sum = account.route(route).since(same.sumsBefore.get(route));
            same.check(route, sum, file, options);
            sums.put(route, sum);
        }
        return sums;
    }

    private void check(String route, Account.Sum sum, Path file, String... options) throws Exception {
        List<JsonNode> documents = new ArrayList<>();
        sluice.documents(route).read(RunningSluice.INDICES.pattern(route), hit -> {
            if (!idsBefore.get(route).contains(hit.get("_id").asText())) {
                documents.add(hit.get("_source"));
            }
        });
        assertEquals(sum.released(), documents.size(), "documents of " + route);
        Set<LocalDate> days = new TreeSet<>();
        Instant received = Instant.MAX;
        for (JsonNode document : documents) {
            Instant ingested = Instant.parse(document.get("event.ingested").asText());
            days.add(ingested.atZone(ZoneOffset.UTC).toLocalDate());
            received = ingested.isBefore(received) ? ingested : received;
        }
        List<String> words = new ArrayList<>(List.of("redact", file.toString(), "--route", route));
        words.addAll(List.of("--received-at", received.toString()));
        words.addAll(List.of(options));
        Sluice.Run offline = sluice.run(words.toArray(String[]::new));
        assertEquals(0, offline.code(), offline.err());
        assertEquals(
                new Account.Sum(
                        offline.count("in"),
                        offline.count("released"),
                        offline.count("suppressed"),
                        offline.count("quarantined"),
                        0),
                sum,
                "the balance of " + route);
        // Over midnight the key of the day changes, and with it the visitors of lines.
        boolean withVisitor = days.size() == 1;
        Map<String, Integer> difference = new HashMap<>();
        offline.objects().stream()
                .filter(object -> !object.has("outcome"))
                .forEach(object -> difference.merge(comparable(object, withVisitor), 1, Integer::sum));
        documents.forEach(document -> difference.merge(comparable(document, withVisitor), -1, Integer::sum));
        difference.values().removeIf(count -> count == 0);
        assertEquals(Map.of(), difference, "only offline (above 0) or only streamed (below 0) on " + route);
    }

    private static String comparable(JsonNode event, boolean withVisitor) {
        ObjectNode own = ((ObjectNode) event).deepCopy();
        own.remove(List.of("event.id", "event.ingested"));
        if (!withVisitor) {
            own.remove("visitor.id");
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        own.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return sorted.toString();
    }
}
