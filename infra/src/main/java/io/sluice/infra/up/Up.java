package io.sluice.infra.up;

import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.sample.SampleFeeder;
import io.sluice.infra.topics.Principal;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs everything on one machine: Kafka, Elasticsearch, both jobs, the server, the collector, sample traffic; until it is told to stop.
 *
 * <p>Guarantees: everything listens on loopback alone; passwords are random per folder, in a file with mode 0600, never
 * on a command line; when it ends, by Ctrl-C, SIGTERM or a fault, it has stopped all that it started, and what a killed
 * one left the next one ends, by process id and start time. Data survive.
 */
public final class Up {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DRAW_INTERVAL = Duration.ofSeconds(1);
    // Elasticsearch may take its time to close; killed too early, its server outlives its launcher and keeps the port.
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final UpOptions options;
    private final Screen screen;
    private final SecureRandom random;
    private final Clock clock;
    private final Topics topics = new Topics("");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param out where progress and figures go */
    public Up(UpOptions options, PrintStream out, SecureRandom random, Clock clock) {
        this.options = options;
        this.screen = new Screen(out, options.terminal());
        this.random = random;
        this.clock = clock;
    }

    /**
     * Starts everything and stays until this process is told to end, or the calling thread is interrupted.
     *
     * @throws IOException saying in one sentence what failed; everything is stopped again then
     */
    public void run() throws IOException, InterruptedException {
        try (UpFolder folder = UpFolder.open(options.dir())) {
            Path file = folder.file("endpoints.json");
            endLeftovers(file);
            if (options.fresh()) {
                screen.say("deleting what is in " + folder.dir());
                folder.empty();
            }
            Endpoints endpoints = new Endpoints(file);
            Supervisor supervisor = new Supervisor(endpoints, screen);
            Thread hook = new Thread(() -> stopAndAwait(supervisor), "stop-all");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                start(folder, endpoints, supervisor);
            } catch (IOException e) {
                // Told to stop while it started: what it was starting has ended, as it should.
                if (!stopping.get()) {
                    throw e;
                }
            } finally {
                stopAll(supervisor);
                endpoints.delete();
                removeHook(hook);
            }
        } finally {
            stopped.countDown();
        }
    }

    private void endLeftovers(Path endpoints) throws IOException {
        for (ProcessMark mark : Endpoints.leftBehind(endpoints)) {
            if (mark.end(PATIENCE)) {
                screen.say("ended " + mark.name() + " (process " + mark.pid() + "), left behind by an earlier up");
            }
        }
    }

    private void start(UpFolder folder, Endpoints endpoints, Supervisor supervisor)
            throws IOException, InterruptedException {
        Stack stack = Stack.prepare(options, folder, topics, random, clock);
        stack.start(supervisor, endpoints, screen);
        try (BalanceWatch watch = BalanceWatch.start(stack.login(Principal.OPERATOR), topics);
                SampleFeeder feeder = options.sample() ? feeder(stack) : null) {
            stack.describe(options, supervisor.pid(Stack.BOUNDARY)).forEach(screen::say);
            watch(watch, supervisor);
        }
    }

    private SampleFeeder feeder(Stack stack) {
        return SampleFeeder.start(stack.login(Principal.SENDER), topics, options.seed(), options.rate(), clock);
    }

    private void watch(BalanceWatch watch, Supervisor supervisor) throws InterruptedException {
        long next = System.nanoTime();
        @Nullable Figures figures = null;
        while (!supervisor.stopsWithin(DRAW_INTERVAL)) {
            figures = watch.read(Duration.ofMillis(200));
            if (screen.isTerminal() || System.nanoTime() >= next) {
                screen.draw(figures);
                next = System.nanoTime() + PLAIN_INTERVAL.toNanos();
            }
        }
        if (figures != null && !screen.isTerminal()) {
            screen.draw(figures);
        }
    }

    /** Those that work first, then those that they work with. More than once does no harm. */
    private void stopAll(Supervisor supervisor) {
        if (stopping.compareAndSet(false, true)) {
            screen.say("stopping");
        }
        supervisor.stop(Stack.COLLECTOR, Stack.BOUNDARY, Stack.INDEX, Stack.SERVER);
        supervisor.stop(Stack.KAFKA, Stack.ELASTICSEARCH);
        if (!ended.getAndSet(true)) {
            screen.say("stopped; the data stay in " + options.dir());
        }
    }

    /** In the shutdown hook: ends what runs, also what is being started, and lets the main thread leave in order. */
    private void stopAndAwait(Supervisor supervisor) {
        stopAll(supervisor);
        try {
            if (!stopped.await(30, TimeUnit.SECONDS)) {
                screen.say("the stop took too long; the next up ends what is left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook runs.
        }
    }
}
