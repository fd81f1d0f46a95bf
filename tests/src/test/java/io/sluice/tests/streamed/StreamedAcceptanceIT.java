package io.sluice.tests.streamed;

import io.sluice.tests.stack.RunningSluice;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The long bars of the stream, in full. */
@Tag("acceptance")
class StreamedAcceptanceIT {
    @Test
    void killedJobsLoseAndRepeatNothing(TestReporter report) throws Exception {
        try (RunningSluice sluice = RunningSluice.start()) {
            report.publishEntry("crash", new CrashRun(200_000, 250, 5, 42).on(sluice));
        }
    }

    @Test
    void aStoppedElasticsearchHoldsUpNobodyElse(TestReporter report) throws Exception {
        try (RunningSluice sluice = RunningSluice.start()) {
            report.publishEntry("outage", new OutageRun(Duration.ofMinutes(10), 200).on(sluice));
        }
    }
}
