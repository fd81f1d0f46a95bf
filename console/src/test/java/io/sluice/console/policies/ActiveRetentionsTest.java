package io.sluice.console.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.console.HandSetClock;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.PolicyEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ActiveRetentionsTest {
    private static final String SHIPPED = PolicyFiles.DEFAULT;
    private static final Map<String, Duration> CONFIGURED =
            Map.of("analytics", days(30), "security", days(100), "operations", days(7), "former", days(5));

    private final HandSetClock clock = new HandSetClock();
    private final HeldTopic topic = new HeldTopic(clock);
    private final ActiveRetentions retentions = new ActiveRetentions(topic, CONFIGURED, clock);

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static Map<String, Duration> of(int analytics, int security, int operations) {
        return Map.of(
                "analytics",
                days(analytics),
                "security",
                days(security),
                "operations",
                days(operations),
                "former",
                days(5));
    }

    private void activate(String id, int operations, boolean urgent) throws Exception {
        topic.write(entry(id, operations, urgent));
    }

    private static PolicyEntry entry(String id, int operations, boolean urgent) {
        TreeMap<String, String> files =
                new TreeMap<>(PolicyFiles.shipped(SHIPPED).orElseThrow().files());
        files.put(
                "p.yaml",
                "policy: " + id + "\nextends: " + SHIPPED + "\nroutes: {operations: {purpose: operations, retention: "
                        + operations + " d}}\n");
        return PolicyEntries.of(id, new PolicyFiles("p.yaml", files), Instant.EPOCH, urgent);
    }

    @Test
    void beforeThereIsAPolicyTheConfiguredOneCounts() {
        assertEquals(CONFIGURED, retentions.get());
    }

    @Test
    void theActivatedPolicyCountsFromItsTimeOn() throws Exception {
        topic.begin(SHIPPED);
        assertEquals(of(90, 90, 7), retentions.get(), "and not the configured one, shorter or longer");
        activate("short-1", 2, false);
        assertEquals(of(90, 90, 7), retentions.get(), "its time has not come");
        clock.pass(Duration.ofSeconds(30));
        assertEquals(of(90, 90, 2), retentions.get());
        activate("long-1", 8, true);
        assertEquals(of(90, 90, 8), retentions.get());
    }

    @Test
    void whatCannotBeReadKeepsNothingLongerThanWasKnownOrIsConfigured() throws Exception {
        topic.begin(SHIPPED);
        activate("short-1", 2, true);
        assertEquals(of(90, 90, 2), retentions.get());
        PolicyEntry broken = entry("broken-1", 300, true);
        broken.setHash("of something else");
        topic.write(broken);
        assertEquals(of(30, 90, 2), retentions.get());
        activate("good-1", 4, true);
        assertEquals(of(90, 90, 4), retentions.get());
    }

    @Test
    void whileKafkaIsAwayNothingIsKeptLonger() throws Exception {
        topic.begin(SHIPPED);
        assertEquals(of(90, 90, 7), retentions.get());
        topic.away(true);
        assertEquals(of(30, 90, 7), retentions.get());
        assertEquals(
                CONFIGURED,
                new ActiveRetentions(topic, CONFIGURED, clock).get(),
                "where nothing was known yet, the configured policy counts");
        topic.away(false);
        assertEquals(of(90, 90, 7), retentions.get());
    }
}
