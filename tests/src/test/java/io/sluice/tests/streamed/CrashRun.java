package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Both jobs killed at random moments under a steady load, while visitors opt out: nothing is lost, nothing there twice,
 * nothing leaked, and nobody helps.
 *
 * @param records of the load
 * @param perSecond of the load
 * @param kills of each job
 * @param seed of the moments
 */
record CrashRun(int records, int perSecond, int kills, long seed) {
    private static final List<StackPart> JOBS = List.of(StackPart.BOUNDARY_JOB, StackPart.INDEX_JOB);

    /** Fails on any loss; what happened, for the report. */
    String on(RunningSluice sluice) throws Exception {
        Map<StackPart, Integer> endedBefore = new HashMap<>();
        for (StackPart job : JOBS) {
            endedBefore.put(job, sluice.ended(job));
        }
        try (Delivery delivery = Delivery.before(sluice)) {
            OptOuts optOuts = new OptOuts(sluice, "crash").add(0, SteadyLoad.LEAVERS / 2);
            SteadyLoad load = SteadyLoad.start(sluice, "crash", records, perSecond);
            AtomicInteger underLoad = new AtomicInteger();
            Random random = new Random(seed);
            List<CompletableFuture<Void>> killers = new ArrayList<>();
            for (StackPart job : JOBS) {
                killers.add(killing(sluice, load, job, moments(random), underLoad));
            }
            sluice.await("a quarter of the load", () -> load.sent() >= records / 4);
            optOuts.add(SteadyLoad.LEAVERS / 2, SteadyLoad.LEAVERS);
            load.awaitEnd();
            for (CompletableFuture<Void> killer : killers) {
                killer.join();
            }
            sluice.awaitIndexed();
            delivery.checkTopics(load, optOuts.inForce());
            delivery.checkDocuments(load);
            delivery.checkVault(load);
            delivery.checkLogs();
            for (StackPart job : JOBS) {
                assertEquals(kills, sluice.ended(job) - endedBefore.get(job), "deaths of the " + job.label());
            }
            return "sent " + records + ", kills of each job " + kills + ", of both under load " + underLoad
                    + ", released analytics " + delivery.released("analytics") + ", security "
                    + delivery.released("security") + ", operations " + delivery.released("operations");
        }
    }

    /** Between a tenth and nine tenths of the load, as numbers of records. */
    private List<Integer> moments(Random random) {
        return random.ints(kills, records / 10, records * 9 / 10)
                .sorted()
                .boxed()
                .toList();
    }

    private static CompletableFuture<Void> killing(
            RunningSluice sluice, SteadyLoad load, StackPart job, List<Integer> moments, AtomicInteger underLoad) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        for (int moment : moments) {
                            sluice.await("the moment to kill", () -> load.sent() >= moment);
                            underLoad.addAndGet(load.isDone() ? 0 : 1);
                            sluice.killAndAwait(job);
                        }
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                work -> new Thread(work, "kill-" + job.label()).start());
    }
}
