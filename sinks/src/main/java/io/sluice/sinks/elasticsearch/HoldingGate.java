package io.sluice.sinks.elasticsearch;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the sink back while Elasticsearch cannot take documents, for as long as it lasts.
 *
 * <p>A request of which anything comes back closes the gate. A timer opens it after a back-off, for one request that
 * tries; when that one succeeds whole, it is open as before. While it is closed nothing is in flight, so barriers pass
 * until the buffer is full: a retry inside a request would block them.
 *
 * <p>Used by the task's own thread; {@link #blame} and {@link #heldBackMillis} by any.
 */
final class HoldingGate implements RateLimitingStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(HoldingGate.class);

    private final String name;
    private final int bulkDocuments;
    private final int maxInFlight;
    private final BackOff backOff;
    private final Duration alarmAfter;
    private final ProcessingTimeService timers;
    private final RandomGenerator random;

    private int inFlight;
    private int faults;
    private boolean closed;
    private boolean alarmed;
    /** When the trouble began, by the clock of the timers; 0 while there is none. */
    private volatile long heldSince;

    private volatile String blamed = "unknown";

    HoldingGate(String name, SinkSettings settings, ProcessingTimeService timers, RandomGenerator random) {
        this.name = name;
        this.bulkDocuments = settings.bulkDocuments();
        this.maxInFlight = settings.inFlight();
        this.backOff = settings.backOff();
        this.alarmAfter = settings.alarmAfter();
        this.timers = timers;
        this.random = random;
    }

    @Override
    public boolean shouldBlock(RequestInfo request) {
        return blocked();
    }

    /** Whether no request may be sent now. */
    boolean blocked() {
        return closed || inFlight >= (faults > 0 ? 1 : maxInFlight);
    }

    @Override
    public void registerInFlightRequest(RequestInfo request) {
        inFlight++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo result) {
        inFlight--;
        if (result.getFailedMessages() > 0) {
            hold();
        } else if (!closed && faults > 0) {
            release();
        }
    }

    private void hold() {
        if (closed) {
            return;
        }
        long now = timers.getCurrentProcessingTime();
        if (faults == 0) {
            long since = Math.max(1, now);
            heldSince = since;
            timers.registerTimer(now + alarmAfter.toMillis(), at -> alarm(since));
        }
        faults++;
        closed = true;
        timers.registerTimer(now + backOff.millis(faults, random), at -> closed = false);
    }

    private void release() {
        faults = 0;
        heldSince = 0;
        if (alarmed) {
            alarmed = false;
            LOG.info("Elasticsearch takes the documents of {} again.", name);
        }
    }

    private void alarm(long since) {
        if (heldSince == since) {
            alarmed = true;
            LOG.warn(
                    "Elasticsearch has not taken all documents of {} for {} s ({}); they wait and are tried again until"
                            + " it does.",
                    name,
                    alarmAfter.toSeconds(),
                    blamed);
        }
    }

    /** Says what was at fault: a code, never a text of Elasticsearch. */
    void blame(String code) {
        blamed = code;
    }

    /** For how long documents have been held back, in milliseconds; 0 while they are not. */
    long heldBackMillis() {
        long since = heldSince;
        return since == 0 ? 0 : Math.max(1, timers.getCurrentProcessingTime() - since);
    }

    @Override
    public int getMaxBatchSize() {
        return bulkDocuments;
    }
}
