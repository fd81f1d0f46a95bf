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
            var analytics = sluice.awaitIndexed().route("analytics");
            assertEquals(3L * EVENTS.size(), analytics.in());
            assertEquals(EVENTS.size(), analytics.suppressed(), "those of a visitor with the opt-out cookie");
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

    /** Runs all trackers; how many of their requests were refused. */
    private int send(RunningSluice sluice, Path clients, String mark, Map<String, String> headers) throws Exception {
        Path script = clients.getParent().getParent().resolve("src/test/clients/send.js");
        try (RefusingProxy proxy = new RefusingProxy(sluice.collector(), headers)) {
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
            return proxy.refused();
        }
    }
}
