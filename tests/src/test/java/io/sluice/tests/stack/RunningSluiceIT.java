package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.CleanEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningSluiceIT {
    @Test
    void takesALineToElasticsearch() throws Exception {
        try (RunningSluice sluice = RunningSluice.start()) {
            sluice.send(
                    "192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET /pricing HTTP/1.1\" 200 5 \"-\" \"-\"\n"
                            .getBytes(StandardCharsets.UTF_8),
                    "--format",
                    "combined",
                    "--dataset",
                    "marketing-site");
            Account account = sluice.awaitIndexed();
            assertEquals(new Account.Sum(1, 1, 0, 0), account.route("analytics"));
            for (String route : List.of("analytics", "security", "operations")) {
                try (CleanTopic topic = sluice.clean(route)) {
                    List<CleanEvent> events = topic.read();
                    assertEquals(1, events.size());
                    sluice.documents(route)
                            .read(
                                    RunningSluice.INDICES.pattern(route),
                                    hit -> assertEquals(
                                            events.get(0).getEventId(),
                                            hit.get("_id").asText()));
                }
            }
            for (StackPart job : List.of(StackPart.BOUNDARY_JOB, StackPart.INDEX_JOB)) {
                assertEquals(0, sluice.restartsWithin(job));
                sluice.killAndAwait(job);
                assertEquals(1, sluice.ended(job));
            }
            assertTrue(
                    sluice.run("optout", "add", "--user", "u-1", "--wait").out().contains("in force"));
        }
    }
}
