package io.sluice.infra.up;

import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.process.StartFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One running part of the stack: a process, and what it started in its turn. */
interface Part extends AutoCloseable {
    /** The process. */
    ChildProcess process();

    /** Marks of all that belongs to it. */
    List<ProcessMark> marks();

    /**
     * Waits until it does its work.
     *
     * @throws StartFailed saying in one sentence why it does not; it is stopped then
     */
    void awaitReady() throws StartFailed, InterruptedException;

    /** Stops it. */
    @Override
    void close();

    /** How a part is started; it need not be ready yet. */
    @FunctionalInterface
    interface Launch {
        /** @throws IOException saying in one sentence why it cannot be started */
        Part launch() throws IOException, InterruptedException;
    }

    /** A part that is one process. */
    static Part of(ChildProcess process, ChildProcess.Condition ready, Duration deadline) {
        return new Part() {
            @Override
            public ChildProcess process() {
                return process;
            }

            @Override
            public List<ProcessMark> marks() {
                return List.of(process.mark());
            }

            @Override
            public void awaitReady() throws StartFailed, InterruptedException {
                process.awaitReady(ready, deadline);
            }

            @Override
            public void close() {
                process.close();
            }
        };
    }
}
