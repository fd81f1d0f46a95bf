package io.sluice.infra.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names one process for good: a process id alone is used again after its process ended.
 *
 * @param name what it is, such as {@code kafka}
 * @param pid process id
 * @param startedAt when the operating system says it was started
 */
public record ProcessMark(String name, long pid, Instant startedAt) {
    // Linux gives start times in ticks since boot, and the time of boot itself may be corrected by a second.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    // The system takes it to give back the memory of a process; only one that hangs in the disk lives on.
    private static final Duration DEATH = Duration.ofSeconds(10);

    /** The mark of a living process. */
    public static ProcessMark of(String name, ProcessHandle handle) {
        return new ProcessMark(name, handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if that very one still lives. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
    }

    private boolean startedThen(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(started -> Duration.between(started, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }

    /**
     * Ends the process and its descendants: politely, and by force what lives on after {@code patience}.
     *
     * @return whether it had been alive
     */
    public boolean end(Duration patience) {
        Optional<ProcessHandle> found = find();
        found.ifPresent(handle -> endTree(handle, patience));
        return found.isPresent();
    }

    /** Ends a process and its descendants: the process politely, after {@code patience} all that is left by force. */
    static void endTree(ProcessHandle handle, Duration patience) {
        List<ProcessHandle> tree = new ArrayList<>(handle.descendants().toList());
        handle.destroy();
        await(handle, patience);
        // What came into being while it ended.
        tree.addAll(handle.descendants().toList());
        kill(handle, tree);
    }

    /** Ends a process and its descendants by force, as a crash would, and waits until they are gone. */
    static void killTree(ProcessHandle handle) {
        kill(handle, handle.descendants().toList());
    }

    private static void kill(ProcessHandle handle, List<ProcessHandle> tree) {
        handle.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        await(handle, DEATH);
        tree.forEach(child -> await(child, DEATH));
    }

    private static void await(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It lives on; the caller goes on to the next means.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
