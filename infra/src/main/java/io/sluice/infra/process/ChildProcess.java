package io.sluice.infra.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A process that this program started and sees to its end.
 *
 * <p>It runs in a session of its own where {@code setsid} exists, so that Ctrl-C at the terminal reaches this program
 * alone, which then stops its children in order. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    /** How long a process may take to end by itself before it is ended by force. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MOST_SAID = 1 << 20;

    private final Command command;
    private final Process process;
    private final ProcessMark mark;
    private final Optional<Thread> hook;
    private final long logBegins;

    private ChildProcess(Command command, Process process, long logBegins) {
        this.command = command;
        this.logBegins = logBegins;
        this.process = process;
        this.mark = ProcessMark.of(command.name(), process.toHandle());
        this.hook = command.stopWithJvm() ? Optional.of(hook(command.name(), process)) : Optional.empty();
        hook.ifPresent(Runtime.getRuntime()::addShutdownHook);
    }

    private static Thread hook(String name, Process process) {
        return new Thread(() -> ProcessMark.endTree(process.toHandle(), Duration.ofSeconds(5)), "stop-" + name);
    }

    /** @throws IOException if the program is missing or the log file cannot be written */
    public static ChildProcess start(Command command) throws IOException {
        List<String> words = new ArrayList<>(command.words());
        findProgram("setsid").ifPresent(setsid -> words.add(0, setsid.toString()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(command.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
        builder.environment().putAll(command.environment());
        long logBegins = Files.exists(command.log()) ? Files.size(command.log()) : 0;
        return new ChildProcess(command, builder.start(), logBegins);
    }

    /** A program of that name on the search path. */
    public static Optional<Path> findProgram(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin:/sbin";
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /** The name of the command. */
    public String name() {
        return command.name();
    }

    /** Process id and start time. */
    public ProcessMark mark() {
        return mark;
    }

    /** Marks of the processes that it started itself, as far as they live now. */
    public List<ProcessMark> descendants() {
        return process.descendants()
                .map(handle -> ProcessMark.of(command.name(), handle))
                .toList();
    }

    /** Where its output goes. */
    public Path log() {
        return command.log();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Waits until the condition holds.
     *
     * @param ready asked again and again; what it throws counts as not yet
     * @throws StartFailed if the process ends or the time is over before; the process is then stopped. If it ended
     *     because it could not listen, {@link StartFailed#isPortTaken()}
     */
    public void awaitReady(Condition ready, Duration deadline) throws StartFailed, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        boolean done = false;
        try {
            while (!holds(ready)) {
                if (!process.isAlive()) {
                    if (couldNotListen()) {
                        throw StartFailed.portLost(name());
                    }
                    throw new StartFailed(name() + " ended with code " + process.exitValue() + " before it was ready"
                            + lastWords() + " (" + log() + ")");
                }
                if (System.nanoTime() > end) {
                    throw new StartFailed(name() + " was not ready after " + deadline.toSeconds()
                            + " s; what it said is in " + log());
                }
                Thread.sleep(POLL.toMillis());
            }
            done = true;
        } finally {
            if (!done) {
                stop(PATIENCE);
            }
        }
    }

    /** Whether what it said names the system's word for a taken port, EADDRINUSE; each of our programs prints it. */
    private boolean couldNotListen() {
        try (InputStream said = Files.newInputStream(log())) {
            said.skipNBytes(logBegins);
            return new String(said.readNBytes(MOST_SAID), StandardCharsets.ISO_8859_1)
                    .contains("ddress already in use");
        } catch (IOException e) {
            return false;
        }
    }

    private String lastWords() {
        try (Stream<String> lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
            // Lines that are indented belong to what was said before them.
            return lines.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce((earlier, later) -> later)
                    .map(line -> ": " + line)
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    /** Something that can be asked of a process, such as whether it answers. */
    @FunctionalInterface
    public interface Condition {
        /** @throws IOException if it could not be asked, which counts as no */
        boolean holds() throws IOException, InterruptedException;
    }

    /** Stops it: politely, and after {@code patience} by force; its descendants too. */
    public void stop(Duration patience) {
        ProcessMark.endTree(process.toHandle(), patience);
        hook.ifPresent(ChildProcess::removeHook);
    }

    /** Ends it at once, as a crash would; its descendants too. They are gone when it returns. */
    public void kill() {
        ProcessMark.killTree(process.toHandle());
        hook.ifPresent(ChildProcess::removeHook);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending and the hook runs already, for a process that is gone.
        }
    }

    @Override
    public void close() {
        stop(PATIENCE);
    }
}
