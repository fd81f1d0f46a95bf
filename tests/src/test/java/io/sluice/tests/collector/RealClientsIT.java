package io.sluice.tests.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trackers that people run, unchanged, against a whole running Sluice; {@code .ci/install-clients} installs them. */
@Tag("clients")
class RealClientsIT {
    /** What {@code send.js} sends, sorted. */
    private static final List<String> EVENTS = List.of(
            "click",
            "client_added",
            "contact_form_sent",
            "invoice_created",
            "invoice_sent",
            "invoice_viewed",
            "login",
            "logout",
            "password_changed",
            "payment_recorded",
            "receipt_sent",
            "report_exported",
            "settings_changed",
            "sign_up",
            "video_played");

    /** Snowplow by POST and by GET, Segment, RudderStack and PostHog: at least one event of each is sent twice. */
    private static final int LEAST_RETRIED = 5;

    @TempDir
    Path folder;

    @Test
    void everyEventIsInTheCleanIndexOnceAndSignalsAreHonoured() throws Exception {
        Path clients = Path.of("").toAbsolutePath().resolve("target/clients");
        assertTrue(Files.isDirectory(clients.resolve("node_modules")), "run .ci/install-clients first");
        try (RunningSluice sluice = RunningSluice.start()) {
            send(sluice, clients, "plain", Map.of());
            send(sluice, clients, "gpc", Map.of("Sec-GPC", "1"));
            send(sluice, clients, "out", Map.of("Cookie", "session=s3cr3t; analytics_opt_out=1"));
            Account account = sluice.awaitIndexed();
            var analytics = account.route("analytics");
            assertEquals(2L * EVENTS.size(), analytics.released());
            assertTrue(
                    analytics.duplicate() >= 2 * LEAST_RETRIED, () -> "recognised retries: " + analytics.duplicate());
            var security = account.route("security");
            assertEquals(3L * EVENTS.size(), security.released());
            assertEquals(
                    EVENTS.size() + security.duplicate() - analytics.duplicate(),
                    analytics.suppressed(),
                    "those of a visitor with the opt-out cookie, and their retries");
            List<String> visitors = new ArrayList<>();
            List<String> nobody = new ArrayList<>();
            sluice.documents("analytics").read(RunningSluice.INDICES.pattern("analytics"), hit -> {
                JsonNode event = hit.path("_source");
                boolean visitor = !text(event, "visitor", "id").isEmpty();
                (visitor ? visitors : nobody).add(text(event, "event", "action"));
                assertFalse(event.toString().contains("jane"), "a user id");
            });
            assertEquals(EVENTS, visitors.stream().sorted().toList(), "without a signal");
            assertEquals(EVENTS, nobody.stream().sorted().toList(), "with Sec-GPC: 1");
        }
    }

    /** A field of a document, which may have it flat or nested. */
    private static String text(JsonNode document, String parent, String name) {
        JsonNode flat = document.path(parent + "." + name);
        return (flat.isMissingNode() ? document.path(parent).path(name) : flat).asText();
    }

    /** Runs all trackers; each is refused once, and all that give ids send once again what has arrived. */
    private void send(RunningSluice sluice, Path clients, String mark, Map<String, String> headers) throws Exception {
        Path script = clients.getParent().getParent().resolve("src/test/clients/send.js");
        try (RefusingProxy proxy = new RefusingProxy(sluice.collector(), headers, Set.of("/matomo.php"))) {
            Path out = folder.resolve(mark + ".log");
            Process node = new ProcessBuilder("node", script.toString(), proxy.url(), clients.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                assertTrue(node.waitFor(5, TimeUnit.MINUTES), () -> "the trackers are not done");
                assertEquals(0, node.exitValue(), Files.readString(out));
            } finally {
                node.destroyForcibly();
            }
            assertTrue(proxy.refused() >= 5, () -> "refused: " + proxy.refused());
            assertTrue(proxy.lost() >= 4, () -> "answers lost: " + proxy.lost());
        }
    }
}
