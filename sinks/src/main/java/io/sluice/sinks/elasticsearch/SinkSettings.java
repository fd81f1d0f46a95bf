package io.sluice.sinks.elasticsearch;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the sink sends.
 *
 * @param bulkDocuments documents in a bulk; 1,000 to 5,000 are best
 * @param bulkBytes bytes in a bulk, unless a single document is larger
 * @param inFlight bulks on their way at once, per subtask
 * @param bufferedDocuments how many documents wait at most; more than a bulk
 * @param bufferedBytes how many bytes of documents wait at most
 * @param linger how long documents wait for more of them
 * @param answerTimeout how long an answer may take
 * @param backOff the wait after a fault
 * @param alarmAfter how long documents are held back before it is said
 */
public record SinkSettings(
        int bulkDocuments,
        long bulkBytes,
        int inFlight,
        int bufferedDocuments,
        long bufferedBytes,
        Duration linger,
        Duration answerTimeout,
        BackOff backOff,
        Duration alarmAfter)
        implements Serializable {
    private static final long MIB = 1L << 20;

    public SinkSettings {
        if (bulkDocuments < 1 || bulkBytes < 1 || inFlight < 1) {
            throw new IllegalArgumentException(
                    "A bulk has at least one document and one byte, and one is in flight; give larger numbers.");
        }
        if (bufferedDocuments <= bulkDocuments || bufferedBytes < bulkBytes) {
            throw new IllegalArgumentException("The buffer of the index sink (" + bufferedDocuments + " documents, "
                    + bufferedBytes + " bytes) must hold more than one bulk (" + bulkDocuments + " documents, "
                    + bulkBytes + " bytes); make it larger.");
        }
    }

    /** What fits one node. */
    public static SinkSettings defaults() {
        return new SinkSettings(
                2_500,
                8 * MIB,
                2,
                10_000,
                64 * MIB,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                new BackOff(Duration.ofMillis(200), Duration.ofSeconds(10)),
                Duration.ofMinutes(1));
    }
}
