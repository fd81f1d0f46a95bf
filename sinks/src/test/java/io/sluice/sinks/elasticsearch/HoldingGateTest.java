package io.sluice.sinks.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.connector.base.sink.writer.strategy.BasicRequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.BasicResultInfo;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldingGateTest {
    private static final BasicRequestInfo REQUEST = new BasicRequestInfo(10);
    private static final BasicResultInfo GOOD = new BasicResultInfo(0, 10);
    private static final BasicResultInfo BAD = new BasicResultInfo(1, 10);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final TestProcessingTimeService timers = new TestProcessingTimeService();
    private final SinkSettings settings = new SinkSettings(
            10, 100, 2, 100, 1000, Duration.ofMillis(1), Duration.ofSeconds(1), BACK_OFF, Duration.ofSeconds(60));
    private HoldingGate gate;

    @BeforeEach
    void open() throws Exception {
        timers.setCurrentTime(1_000);
        gate = new HoldingGate("usage-events", settings, timers, new Random(3));
    }

    private void pass(long millis) throws Exception {
        timers.advance(millis);
    }

    private void send() {
        assertFalse(gate.shouldBlock(REQUEST));
        gate.registerInFlightRequest(REQUEST);
    }

    @Test
    void letsAsManyRequestsThroughAsItIsTold() {
        send();
        send();
        assertTrue(gate.shouldBlock(REQUEST));
        gate.registerCompletedRequest(GOOD);
        assertFalse(gate.shouldBlock(REQUEST));
    }

    @Test
    void closesAfterAFaultAndTriesWithOneRequest() throws Exception {
        send();
        gate.registerCompletedRequest(BAD);
        assertTrue(gate.shouldBlock(REQUEST));
        pass(100);
        send();
        assertTrue(gate.shouldBlock(REQUEST), "one request tries");
        gate.registerCompletedRequest(GOOD);
        send();
        send();
    }

    @Test
    void aSuccessOfAnEarlierRequestDoesNotOpenIt() {
        send();
        send();
        gate.registerCompletedRequest(BAD);
        gate.registerCompletedRequest(GOOD);
        assertTrue(gate.shouldBlock(REQUEST));
    }

    @Test
    void waitsLongerEachTimeUpToTheCapForAsLongAsItLasts() throws Exception {
        for (int fault = 1; fault <= 200; fault++) {
            send();
            gate.registerCompletedRequest(BAD);
            long step = fault > 4 ? 1_000 : 100L << (fault - 1);
            pass(step / 2 - 1);
            assertTrue(gate.shouldBlock(REQUEST), "fault " + fault);
            pass(step / 2 + 1);
            assertFalse(gate.shouldBlock(REQUEST), "fault " + fault);
        }
    }

    @Test
    void saysForHowLongItHasHeldBack() throws Exception {
        assertEquals(0, gate.heldBackMillis());
        send();
        gate.registerCompletedRequest(BAD);
        pass(500);
        assertEquals(500, gate.heldBackMillis());
        send();
        gate.registerCompletedRequest(BAD);
        pass(70_000);
        assertEquals(70_500, gate.heldBackMillis());
        send();
        gate.registerCompletedRequest(GOOD);
        assertEquals(0, gate.heldBackMillis());
    }

    @Test
    void raisesOneAlarmAfterAMinuteAndTakesItBack() throws Exception {
        Lines lines = new Lines();
        Logger logger = (Logger) LogManager.getLogger(HoldingGate.class);
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try {
            gate.blame("http-503");
            send();
            gate.registerCompletedRequest(BAD);
            pass(59_999);
            assertEquals(List.of(), lines.seen);
            pass(1);
            pass(600_000);
            assertEquals(1, lines.seen.size());
            assertTrue(lines.seen.get(0).contains("usage-events"), lines.seen.toString());
            assertTrue(lines.seen.get(0).contains("http-503"), lines.seen.toString());
            send();
            gate.registerCompletedRequest(GOOD);
            assertEquals(2, lines.seen.size());
        } finally {
            logger.removeAppender(lines);
        }
    }

    /** Keeps the lines that are logged. */
    private static final class Lines extends AbstractAppender {
        private final List<String> seen = new ArrayList<>();

        Lines() {
            super("lines", null, null, false, Property.EMPTY_ARRAY);
            start();
        }

        @Override
        public void append(LogEvent event) {
            seen.add(event.getMessage().getFormattedMessage());
        }
    }
}
