package io.sluice.ingest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * Sees that the one task manager of this process has ended.
 *
 * <p>Flink ends a task manager in which a task failed while it was cleaning up. In a cluster somebody starts another;
 * in this process nobody does, and the job would wait for it for ever. Whoever runs the process starts it again.
 */
final class TaskManagerWatch implements AutoCloseable {
    /** One look may fall between two registrations. */
    private static final int LOOKS = 3;

    private final MiniCluster cluster;
    private final ScheduledExecutorService looking;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private int missing;

    TaskManagerWatch(MiniCluster cluster, Duration every) {
        this.cluster = cluster;
        this.looking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sluice-task-manager-watch");
            thread.setDaemon(true);
            return thread;
        });
        looking.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            int connected = cluster.requestClusterOverview()
                    .get(LOOKS, TimeUnit.SECONDS)
                    .getNumTaskManagersConnected();
            missing = connected == 0 ? missing + 1 : 0;
            if (missing == LOOKS) {
                lost.complete(null);
            }
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // No answer is none; the next look asks again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Done when there is no task manager any more. */
    CompletableFuture<Void> lost() {
        return lost;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
