package io.sluice.sinks.elasticsearch;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * The timers that {@code AsyncSinkWriter} gets instead of the task's: the one that sends what has waited long enough
 * is run so that it never waits itself, and again as long as something is left ({@link HoldingBuffer#drain}).
 *
 * <p>That timer is told from the others by its time, {@link #MARK} from now; every other one is passed on. Used by the
 * task's own thread.
 */
final class LingerTimer implements ProcessingTimeService {
    /** What {@code AsyncSinkWriter} is told as the longest time in its buffer: thirty thousand years. */
    static final long MARK = 1L << 50;

    private final ProcessingTimeService task;
    private final HoldingBuffer buffer;
    private final long lingerMillis;

    LingerTimer(ProcessingTimeService task, HoldingBuffer buffer, SinkSettings settings) {
        this.task = task;
        this.buffer = buffer;
        this.lingerMillis = settings.linger().toMillis();
    }

    @Override
    public long getCurrentProcessingTime() {
        return task.getCurrentProcessingTime();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback callback) {
        return timestamp < MARK ? task.registerTimer(timestamp, callback) : linger(callback);
    }

    private ScheduledFuture<?> linger(ProcessingTimeCallback send) {
        return task.registerTimer(task.getCurrentProcessingTime() + lingerMillis, at -> {
            buffer.drain(() -> send.onProcessingTime(at));
            if (buffer.hasWaiting()) {
                // AsyncSinkWriter starts its timer only when something comes into an empty buffer.
                linger(send);
            }
        });
    }
}
