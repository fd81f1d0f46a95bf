package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that want to break something, through the stream: no job restarts, the balance counts each as offline does, and
 * no log of ours has a control character.
 */
final class HostileRun {
    private static final List<StackPart> JOBS = List.of(StackPart.BOUNDARY_JOB, StackPart.INDEX_JOB);

    private final RunningSluice sluice;
    private final Map<StackPart, Integer> restartsBefore = new TreeMap<>();
    private final Map<String, Account.Sum> sumsBefore = new TreeMap<>();
    private long in;

    private HostileRun(RunningSluice sluice) throws Exception {
        this.sluice = sluice;
        Account account = sluice.awaitIndexed();
        Indices.ROUTES.forEach(route -> sumsBefore.put(route, account.route(route)));
        for (StackPart job : JOBS) {
            restartsBefore.put(job, restarts(job));
        }
    }

    static HostileRun begin(RunningSluice sluice) throws Exception {
        return new HostileRun(sluice);
    }

    /** Sends files with these options. */
    HostileRun send(List<Path> files, String... options) {
        List<String> words = new ArrayList<>(files.stream().map(Path::toString).toList());
        words.addAll(List.of(options));
        return send(new byte[0], words);
    }

    /** Sends bytes with these options. */
    HostileRun send(byte[] bytes, String... options) {
        List<String> words = new ArrayList<>(List.of("-"));
        words.addAll(List.of(options));
        return send(bytes, words);
    }

    private HostileRun send(byte[] input, List<String> words) {
        run(input, "send", words);
        in += run(input, "redact", words).count("in");
        return this;
    }

    private Sluice.Run run(byte[] input, String verb, List<String> words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(words);
        Sluice.Run run = sluice.run(input, all.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        return run;
    }

    /** Fails unless all of it is accounted for, and nothing else has happened; the sum of the analytics route. */
    Account.Sum end() throws Exception {
        Account account = sluice.awaitIndexed();
        for (String route : Indices.ROUTES) {
            Account.Sum sum = account.route(route).since(sumsBefore.get(route));
            assertEquals(in, sum.in(), "in on " + route);
            assertEquals(sum.in(), sum.released() + sum.suppressed() + sum.quarantined() + sum.duplicate());
        }
        for (StackPart job : JOBS) {
            assertEquals(
                    restartsBefore.get(job),
                    restarts(job),
                    "restarts of the " + job.label() + "; " + sluice.faults(job));
        }
        for (Path log : sluice.logs()) {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            assertTrue(
                    text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), "control character in " + log);
        }
        return account.route("analytics").since(sumsBefore.get("analytics"));
    }

    private int restarts(StackPart job) throws Exception {
        return sluice.ended(job) * 1_000 + sluice.restartsWithin(job);
    }
}
