package io.sluice.infra.up;

import io.sluice.infra.process.StartFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parts of the stack running: one that dies is started again, after 1 s, 2 s, 4 s, at most 30 s; who lived for
 * five minutes begins at 1 s again. Thread-safe.
 *
 * <p>A job takes up its newest complete checkpoint by itself, so to start it again is all there is to do.
 */
final class Supervisor {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration STILL = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 4;
    private static final int PORTS = 5;
    private static final Duration STEADY = Duration.ofMinutes(5);

    private final Endpoints endpoints;
    private final Screen screen;
    private final Map<String, Part> parts = new ConcurrentHashMap<>();
    private final Set<String> starting = ConcurrentHashMap.newKeySet();
    private final ExecutorService watchers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stop = lock.newCondition();
    private boolean stopping;

    Supervisor(Endpoints endpoints, Screen screen) {
        this.endpoints = endpoints;
        this.screen = screen;
    }

    /** The process id of a part, as it is now; 0 if there is none. */
    long pid(String name) {
        Part part = parts.get(name);
        return part == null ? 0 : part.process().mark().pid();
    }

    /** Starts a part and keeps it running from then on. */
    void run(String name, Part.Launch launch) throws IOException, InterruptedException {
        Part part = begin(name, launch);
        watchers.execute(() -> watch(name, launch, part));
    }

    /**
     * The same for a program of ours, which looks at everything it needs before it begins: on a machine that is very busy
     * with starting the others, that may come too slowly once or twice.
     */
    void runPatiently(String name, Part.Launch launch) throws IOException, InterruptedException {
        Part part = null;
        for (int attempt = 1; part == null; attempt++) {
            try {
                part = begin(name, launch);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !startsAgain(name, e.getMessage(), Duration.ofSeconds(attempt))) {
                    throw e;
                }
            }
        }
        Part begun = part;
        watchers.execute(() -> watch(name, launch, begun));
    }

    /** Starts a part and waits until it is ready; where another program took its port, at once again at another. */
    private Part begin(String name, Part.Launch launch) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return beginOnce(name, launch);
            } catch (StartFailed e) {
                if (!e.isPortTaken() || attempt == PORTS) {
                    throw e;
                }
                screen.say(name + ": another program took its port; starting again");
            }
        }
    }

    private Part beginOnce(String name, Part.Launch launch) throws IOException, InterruptedException {
        if (isStopping()) {
            throw new StartFailed(name + " is not started, for all is to stop");
        }
        Part part = launch.launch();
        // Noted before it is ready: whoever kills this program now leaves it behind.
        parts.put(name, part);
        starting.add(name);
        endpoints.running(name, part.marks());
        if (isStopping()) {
            part.close();
        }
        try {
            part.awaitReady();
        } finally {
            starting.remove(name);
        }
        endpoints.running(name, part.marks());
        return part;
    }

    private void watch(String name, Part.Launch launch, Part first) {
        Part part = first;
        Duration wait = Duration.ofSeconds(1);
        try {
            while (true) {
                long began = System.nanoTime();
                int code = part.process().onExit().join();
                if (System.nanoTime() - began > STEADY.toNanos()) {
                    wait = Duration.ofSeconds(1);
                }
                if (!startsAgain(name, "ended with code " + code, wait)) {
                    return;
                }
                Part next = null;
                while (next == null) {
                    wait = longer(wait);
                    next = tryAgain(name, launch);
                    if (next == null && !startsAgain(name, "did not start", wait)) {
                        return;
                    }
                }
                part = next;
                screen.say(
                        name + ": runs again (process " + part.process().mark().pid() + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Part tryAgain(String name, Part.Launch launch) throws InterruptedException {
        try {
            return begin(name, launch);
        } catch (IOException e) {
            screen.say(name + ": " + e.getMessage());
            return null;
        }
    }

    /** Says so and waits; false when all is to stop. */
    private boolean startsAgain(String name, @Nullable String what, Duration wait) throws InterruptedException {
        if (isStopping()) {
            return false;
        }
        screen.say(name + ": " + what + "; starts again in " + wait.toSeconds() + " s");
        return !stopsWithin(wait);
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /** Says from time to time what is being waited for, so that nobody wonders; until the end of {@code until}. */
    void sayWhatStarts(CompletableFuture<Void> until) {
        watchers.execute(() -> {
            try {
                while (!stopsWithin(STILL) && !until.isDone()) {
                    screen.say("still starting: " + String.join(", ", new TreeSet<>(starting)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether all is to stop. */
    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Waits; true as soon as all is to stop. */
    boolean stopsWithin(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!stopping && left > 0) {
                left = stop.awaitNanos(left);
            }
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is started again. */
    void beginToStop() {
        lock.lock();
        try {
            stopping = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops these parts at the same time, and waits for their end. */
    void stop(String... names) {
        beginToStop();
        ExecutorService stoppers = Executors.newCachedThreadPool();
        for (String name : names) {
            Part part = parts.get(name);
            if (part != null) {
                stoppers.execute(part::close);
            }
        }
        stoppers.shutdown();
        try {
            if (!stoppers.awaitTermination(60, TimeUnit.SECONDS)) {
                screen.say("some processes did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
