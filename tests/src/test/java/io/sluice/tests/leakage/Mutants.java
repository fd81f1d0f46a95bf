package io.sluice.tests.leakage;

import static io.sluice.tests.leakage.Store.CHECKPOINTS;
import static io.sluice.tests.leakage.Store.ELASTICSEARCH;
import static io.sluice.tests.leakage.Store.FLINK_PAGES;
import static io.sluice.tests.leakage.Store.KEYS;
import static io.sluice.tests.leakage.Store.LOGS;
import static io.sluice.tests.leakage.Store.METRICS;
import static io.sluice.tests.leakage.Store.SERVER;
import static io.sluice.tests.leakage.Store.SUBJECT_INDEX;
import static io.sluice.tests.leakage.Store.TEMPORARY;
import static io.sluice.tests.leakage.Store.TOPICS;
import static io.sluice.tests.leakage.Store.VAULT;

import io.sluice.infra.Installation;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.topics.Principal;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.RefusedDocument;
import io.sluice.sinks.elasticsearch.CleanDocument;
import io.sluice.sinks.elasticsearch.KafkaRefusedTopic;
import io.sluice.tests.leakage.Canaries.Canary;
import io.sluice.tests.leakage.Canaries.Kind;
import io.sluice.tests.stack.RunningSluice;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Faults as a change of ours could bring them, each letting one value into one store, by that store's own way of writing.
 *
 * <p>They are in the same sweep as what must not be found: that each is found, in its store and no other, shows that the
 * silence about the rest means something.
 */
final class Mutants {
    /** More visitors than the smallest group that the server shows. */
    static final int VISITORS = 40;

    /** The page of the fewest visitors goes into the rest where the rest alone would be too small. */
    private static final int OF_ANOTHER_PAGE = 12;

    private final Map<Canary, Set<Store>> expected = new LinkedHashMap<>();
    private final Canary refused;
    private final Canary document;
    private final Canary page;
    private final Canary log;
    private final Canary temporary;
    private final Canary key;
    private final Canary state;
    private final Canary metric;
    private final Canary exception;
    private final Canary block;
    private final Canary row;

    Mutants(Canaries canaries) {
        refused = mutant(canaries, Kind.EMAIL, "a refused document's reason", TOPICS);
        document = mutant(canaries, Kind.CLIENT, "a document of Elasticsearch", ELASTICSEARCH);
        page = mutant(canaries, Kind.TOKEN, "a page that many have visited", ELASTICSEARCH, SERVER);
        log = mutant(canaries, Kind.IPV6, "a log line", LOGS);
        temporary = mutant(canaries, Kind.CARD, "a temporary file", TEMPORARY);
        key = mutant(canaries, Kind.LOGIN, "a key's name", KEYS);
        state = mutant(canaries, Kind.COOKIE, "the state of a job", CHECKPOINTS);
        metric = mutant(canaries, Kind.LOGIN, "a metric's name", METRICS);
        exception = mutant(canaries, Kind.EMAIL, "an exception", FLINK_PAGES);
        block = mutant(canaries, Kind.CARD, "a block that is not sealed", VAULT);
        row = mutant(canaries, Kind.TOKEN, "a row of the subject index", SUBJECT_INDEX);
    }

    private Canary mutant(Canaries canaries, Kind kind, String place, Store... stores) {
        Canary canary = canaries.plant(kind, "mutant: " + place);
        expected.put(canary, Set.of(stores));
        return canary;
    }

    /** Each value that was let in, and the stores that must have it. */
    Map<Canary, Set<Store>> expected() {
        return expected;
    }

    /** The one that is in no answer but that of a document. */
    Canary document() {
        return document;
    }

    /** Those that need the stores to run. */
    void plantInRunning(RunningSluice sluice) throws Exception {
        try (KafkaRefusedTopic topic =
                KafkaRefusedTopic.open(sluice.login(Principal.INDEX), RunningSluice.TOPICS.refused())) {
            topic.send(new RefusedDocument("id", "index", refused.text(), Instant.now(), "{}"))
                    .get();
        }
        StringBuilder bulk = new StringBuilder();
        CleanEvent event = event(0);
        event.setHttpRequestReferrer(document.text());
        add(bulk, "security", event);
        for (int visitor = 1; visitor <= VISITORS; visitor++) {
            CleanEvent view = event(visitor);
            view.setEventProvider("usage-event");
            view.setEventPageView(true);
            view.setVisitorId("tok_visitor_2026q4_" + visitor);
            view.setUrlPath(visitor <= OF_ANOTHER_PAGE ? "/pricing" : page.text());
            add(bulk, "analytics", view);
        }
        index(sluice, bulk.toString());
        ChildProcess leaky = ChildProcess.start(Command.of(
                "leaky program",
                List.of(
                        Installation.java().toString(),
                        "-Djava.io.tmpdir=" + sluice.folder().resolve("tmp"),
                        "-cp",
                        LuceneFolders.own() + File.pathSeparator + RunningSluice.classPath(),
                        LeakyProgram.class.getName(),
                        log.text(),
                        temporary.text()),
                sluice.folder(),
                sluice.folder().resolve("logs/leaky-program.log")));
        leaky.onExit().join();
        Files.writeString(sluice.folder().resolve("keys").resolve("of-" + key.text()), "");
    }

    private static CleanEvent event(int number) {
        Instant now = Instant.now();
        return CleanEvent.newBuilder()
                .setTimestamp(now)
                .setEventId("mutant-" + number)
                .setEventIngested(now)
                .setPolicyVersion("ottomatiq-2024-01-10")
                .setDataset("application")
                .setEventProvider("access-log")
                .build();
    }

    private static void add(StringBuilder bulk, String route, CleanEvent event) {
        bulk.append("{\"create\":{\"_index\":\"")
                .append(RunningSluice.INDICES.of(route, event.getEventIngested()))
                .append("\",\"_id\":\"")
                .append(event.getEventId())
                .append("\"}}\n")
                .append(new String(new CleanDocument().write(event).toBytes(), StandardCharsets.UTF_8))
                .append('\n');
    }

    /** As the index job does, under its account. */
    private static void index(RunningSluice sluice, String bulk) throws IOException, InterruptedException {
        String user = ElasticsearchRoles.INDEX;
        String login = user + ":" + sluice.password("elasticsearch", user);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        sluice.endpoints().path("elasticsearch").asText() + "/_bulk"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofString(bulk))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.body().contains("\"errors\":false")) {
            throw new IOException("the mutants were not indexed: " + response.body());
        }
    }

    /** Those that need the folders of a stopped Sluice. */
    void plantInStopped(Path dir, Sweeps sweeps) throws Exception {
        LeakyJob.run(
                new LeakyJob.Values(state.text(), metric.text(), exception.text(), block.text(), row.text()),
                dir.resolve("checkpoints-boundary"),
                dir.resolve("vault"),
                dir.resolve("subjects"),
                pages -> FlinkPages.sweep(pages, sweeps));
    }
}
