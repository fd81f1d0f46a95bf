package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Watched;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.RedactionPolicy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures, in processor time, what the texts of records cost to scan: all detectors together, and each alone.
 *
 * <p>One alone costs its pass over the text too, so what it adds to the others is the difference to a scanner without
 * any; that is what is told. Not thread-safe.
 */
public final class RuleBench implements PieceWork {
    private static final int MOST_TEXTS = 20_000;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 60_000_000;

    private final WatchedPieces watched;
    private final RedactionPolicy policy;
    private final Runnable atEnd;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<String> texts = new ArrayList<>();
    private long events;

    /** @param atEnd closes what the boundary needs */
    public RuleBench(
            RedactionPolicy policy,
            KeyStore keys,
            Enricher enricher,
            SourceOptions options,
            long receivedAt,
            Runnable atEnd) {
        this.watched = new WatchedPieces(policy, keys, enricher, options, receivedAt);
        this.policy = policy;
        this.atEnd = atEnd;
    }

    @Override
    public void close() {
        atEnd.run();
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        for (Watched.Seen seen : watched.watch(piece)) {
            balance.released();
            if (seen.event == null) {
                continue;
            }
            events++;
            var event = seen.event.scanned().event();
            for (int i = 0; i < event.size() && texts.size() < MOST_TEXTS; i++) {
                if (policy.isFreeText(event.path(i)) && event.value(i) instanceof Value.Text text) {
                    texts.add(text.text());
                }
            }
        }
        watched.account(balance);
    }

    /** How many texts were kept, of how many events. */
    public String basis() {
        return texts.size() + " texts of " + events + " events, "
                + texts.stream().mapToLong(String::length).sum() + " characters";
    }

    /** Nanoseconds a text, by what scans: all detectors, none, and what each adds alone; empty without any text. */
    public Map<String, Double> nanos() {
        Map<String, Double> nanos = new LinkedHashMap<>();
        if (texts.isEmpty()) {
            return nanos;
        }
        nanos.put("all detectors", perText(policy.scanner()));
        double none = perText(TextScanner.of(List.of()));
        nanos.put("none", none);
        for (Detector detector : policy.detectors()) {
            nanos.put(detector.name(), Math.max(0, perText(TextScanner.of(List.of(detector))) - none));
        }
        return nanos;
    }

    /** The best round, so that a busy machine and the first runs of the compiler do not count. */
    private double perText(TextScanner scanner) {
        double best = Double.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = threads.getCurrentThreadCpuTime();
            long took = 0;
            long scanned = 0;
            while (took < ROUND_NANOS) {
                for (String text : texts) {
                    found += scanner.scan(text).size();
                }
                scanned += texts.size();
                took = threads.getCurrentThreadCpuTime() - begun;
            }
            best = Math.min(best, (double) took / scanned);
        }
        return found < 0 ? 0 : best;
    }
}
