package io.sluice.console.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.console.HandSetClock;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.SignalsShown;
import io.sluice.schema.PolicyEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ActiveSignalsTest {
    private static final String SHIPPED = PolicyFiles.DEFAULT;

    private final HandSetClock clock = new HandSetClock();
    private final HeldTopic topic = new HeldTopic(clock);
    private final ActiveSignals signals = new ActiveSignals(topic, clock);

    private static PolicyEntry entry(String signals) {
        TreeMap<String, String> files =
                new TreeMap<>(PolicyFiles.shipped(SHIPPED).orElseThrow().files());
        files.put(
                "p.yaml",
                "policy: p-1\nextends: " + SHIPPED + "\ndatasets: {application: {hosts: [app.example.com], signals: "
                        + signals + "}}\n");
        return PolicyEntries.of("p-1", new PolicyFiles("p.yaml", files), Instant.EPOCH, false);
    }

    @Test
    void saysWhatThePolicySaysThatCounts() throws Exception {
        assertEquals(Optional.empty(), signals.of("application"), "no policy counts yet");
        topic.begin(SHIPPED);
        assertEquals(Optional.of(SignalsShown.NOT_COLLECTED), signals.of("application"));
        assertEquals(Optional.empty(), signals.of("unheard-of"));
        topic.write(entry("visible"));
        assertEquals(Optional.of(SignalsShown.NOT_COLLECTED), signals.of("application"), "its time has not come");
        clock.pass(Duration.ofSeconds(30));
        assertEquals(Optional.of(SignalsShown.VISIBLE), signals.of("application"));
        topic.away(true);
        assertEquals(Optional.empty(), signals.of("application"), "Kafka is away, and another may count by now");
    }

    @Test
    void ofAPolicyThatDoesNotLoadNothingIsSaid() throws Exception {
        topic.begin(SHIPPED);
        assertEquals(Optional.of(SignalsShown.NOT_COLLECTED), signals.of("application"));
        PolicyEntry broken = entry("visible");
        broken.setHash("of something else");
        topic.write(broken);
        clock.pass(Duration.ofSeconds(30));
        assertEquals(Optional.empty(), signals.of("application"));
    }
}
