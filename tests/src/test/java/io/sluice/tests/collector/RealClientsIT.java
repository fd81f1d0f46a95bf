package io.sluice.tests.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.stack.RunningSluice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trackers that people run, unchanged, against a whole running Sluice; {@code .ci/install-clients} installs them. */
@Tag("clients")
class RealClientsIT {
    private static final List<String> EVENTS = List.of(
            "matomo_one",
            "matomo_three",
            "matomo_two",
            "posthog_one",
            "posthog_three",
            "posthog_two",
            "rudderstack_one",
            "rudderstack_three",
            "rudderstack_two",
            "segment_one",
            "segment_three",
            "segment_two",
            "snowplow_described",
            "snowplow_get",
            "snowplow_post");

    @TempDir
    Path folder;

    @Test
    void everyEventIsInTheCleanIndexOnceAndSignalsAreHonoured() throws Exception {
        Path clients = Path.of("").toAbsolutePath().resolve("target/clients");
        assertTrue(Files.isDirectory(clients.resolve("node_modules")), "run .ci/install-clients first");
        try (RunningSluice sluice = RunningSluice.start()) {
            assertTrue(send(sluice, clients, "plain", Map.of()) >= 5, "each tracker was refused once");
            send(sluice, clients, "gpc", Map.of("Sec-GPC", "1"));
            send(sluice, clients, "out", Map.of("Cookie", "session=s3cr3t; analytics_opt_out=1"));
            sluice.awaitIndexed();
            List<JsonNode> documents = new ArrayList<>();
            sluice.documents("analytics")
                    .read(RunningSluice.INDICES.pattern("analytics"), hit -> documents.add(hit.path("_source")));
            assertEquals(EVENTS, actions(documents, "plain_"));
            assertEquals(EVENTS, actions(documents, "gpc_"));
            assertEquals(List.of(), actions(documents, "out_"), "a visitor with the opt-out cookie");
            for (JsonNode document : documents) {
                String action = document.at("/event/action")
                        .asText(document.path("event.action").asText());
                boolean visitor =
                        document.has("visitor.id") || document.at("/visitor/id").isTextual();
                // Matomo's bulk names nobody.
                boolean named = !action.endsWith("matomo_two") && !action.endsWith("matomo_three");
                assertEquals(action.startsWith("plain_") && named, visitor, action);
                assertFalse(document.toString().contains("jane"), action);
            }
        }
    }

    /** The names of those with a mark, without it, sorted. */
    private static List<String> actions(List<JsonNode> documents, String mark) {
        return documents.stream()
                .map(document -> document.at("/event/action")
                        .asText(document.path("event.action").asText()))
                .filter(action -> action.startsWith(mark))
                .map(action -> action.substring(mark.length()))
                .sorted()
                .toList();
    }

    /** Runs all trackers; how many of their requests were refused. */
    private int send(RunningSluice sluice, Path clients, String mark, Map<String, String> headers) throws Exception {
        Path script = clients.getParent().getParent().resolve("src/test/clients/send.js");
        try (RefusingProxy proxy = new RefusingProxy(sluice.collector(), headers)) {
            Path out = folder.resolve(mark + ".log");
            Process node = new ProcessBuilder("node", script.toString(), proxy.url(), mark, clients.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                assertTrue(node.waitFor(5, TimeUnit.MINUTES), () -> "the trackers are not done");
                assertEquals(0, node.exitValue(), Files.readString(out));
            } finally {
                node.destroyForcibly();
            }
            return proxy.refused();
        }
    }
}
