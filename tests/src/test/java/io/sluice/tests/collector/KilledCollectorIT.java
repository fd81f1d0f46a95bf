package io.sluice.tests.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import io.sluice.tests.stack.WithSluice;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The collector killed by {@code kill -9} while senders send: what it acknowledged is in Kafka, so senders that send again
 * what was not acknowledged lose nothing, and by their ids nothing counts twice.
 */
@WithSluice
class KilledCollectorIT {
    private static final int SENDERS = 4;
    private static final int EVENTS = 1_200;

    private RunningSluice sluice;

    @BeforeAll
    void take(RunningSluice shared) {
        sluice = shared;
    }

    @Test
    void whatIsSentUntilItIsAcknowledgedCountsOnce() throws Exception {
        Account account = sluice.awaitIndexed();
        Map<String, Account.Sum> before =
                Map.of("analytics", account.route("analytics"), "security", account.route("security"));
        Instant begin = Instant.now();
        try (RetryingSenders senders = RetryingSenders.begin(sluice, SENDERS, EVENTS)) {
            sluice.await("some acknowledged", () -> senders.acknowledged() >= EVENTS / 10);
            sluice.killAndAwait(StackPart.COLLECTOR);
            int after = senders.acknowledged();
            sluice.await("more acknowledged", () -> senders.acknowledged() >= after + EVENTS / 10);
            killWithRequestsThatKafkaDoesNotHave(senders);
            sluice.await("all acknowledged", () -> senders.acknowledged() == EVENTS);
            assertTrue(senders.sentAgain() >= SENDERS, () -> "sent again: " + senders.sentAgain());
        }
        account = sluice.awaitIndexed();
        for (String route : before.keySet()) {
            Account.Sum sum = account.route(route).since(before.get(route));
            assertEquals(EVENTS, sum.released(), "released on " + route + " of " + sum);
            assertEquals(sum.in(), sum.released() + sum.duplicate(), "on " + route + ": " + sum);
        }
        Set<String> users = new HashSet<>();
        sluice.documents("security").read(RunningSluice.INDICES.pattern("security"), hit -> {
            if (!Instant.parse(hit.path("_source").path("event.ingested").asText())
                    .isBefore(begin)) {
                String user = hit.path("_source").path("user.id").asText();
                assertFalse(user.isEmpty(), "an event without its user");
                users.add(user);
            }
        });
        assertEquals(EVENTS, users.size(), "each event has a user of its own");
    }

    /** Stops Kafka, so that each sender waits for a request that only the collector has, and kills the collector then. */
    private void killWithRequestsThatKafkaDoesNotHave(RetryingSenders senders) throws Exception {
        int started = sluice.startedAgain(StackPart.COLLECTOR);
        sluice.pause(StackPart.KAFKA);
        try {
            int acknowledged = senders.acknowledged();
            sluice.await("every sender waiting", () -> {
                int since = senders.acknowledged() - acknowledged;
                // Of each sender one answer may have been on its way.
                assertTrue(since <= SENDERS, () -> "acknowledged without Kafka: " + since);
                return senders.allWait();
            });
            sluice.kill(StackPart.COLLECTOR);
        } finally {
            sluice.resume(StackPart.KAFKA);
        }
        sluice.awaitStartedAgain(StackPart.COLLECTOR, started + 1);
    }
}
