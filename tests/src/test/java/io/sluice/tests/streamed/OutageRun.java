package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import java.time.Duration;

/**
 * Elasticsearch stopped under load: vault and clean topics go on meanwhile, and afterwards nothing is lost, nothing there
 * twice, and the boundary job has not even noticed.
 *
 * @param length of the outage
 * @param perSecond records of the load, which begins before it and lasts as long
 */
record OutageRun(Duration length, int perSecond) {
    private static final int SECONDS_BEFORE = 10;

    /** Fails on any loss; what happened, for the report. */
    String on(RunningSluice sluice) throws Exception {
        int ended = sluice.ended(StackPart.BOUNDARY_JOB);
        int restarts = sluice.restartsWithin(StackPart.BOUNDARY_JOB);
        int started = sluice.startedAgain(StackPart.ELASTICSEARCH);
        try (Delivery delivery = Delivery.before(sluice)) {
            OptOuts optOuts = new OptOuts(sluice, "outage").add(0, SteadyLoad.LEAVERS);
            int records = perSecond * (SECONDS_BEFORE + (int) length.toSeconds());
            SteadyLoad load = SteadyLoad.start(sluice, "outage", records, perSecond);
            sluice.await("the load", () -> load.sent() >= perSecond * SECONDS_BEFORE);
            try (StoppedElasticsearch stopped = StoppedElasticsearch.of(sluice)) {
                load.awaitEnd();
                stopped.awaitAge(length);
                sluice.awaitAccounted();
                delivery.checkTopics(load, optOuts.inForce());
                delivery.checkVault(load);
                assertEquals(started, sluice.startedAgain(StackPart.ELASTICSEARCH), "it was not away all the time");
            }
            sluice.awaitStartedAgain(StackPart.ELASTICSEARCH, started + 1);
            sluice.awaitIndexed();
            delivery.checkDocuments(load);
            delivery.checkLogs();
            assertEquals(ended, sluice.ended(StackPart.BOUNDARY_JOB), "ends of the boundary job");
            assertEquals(
                    restarts,
                    sluice.restartsWithin(StackPart.BOUNDARY_JOB),
                    "restarts of the boundary job; " + sluice.faults(StackPart.BOUNDARY_JOB));
            return "outage " + length.toSeconds() + " s, sent " + records + ", released analytics "
                    + delivery.released("analytics") + ", security " + delivery.released("security")
                    + ", operations " + delivery.released("operations");
        }
    }
}
