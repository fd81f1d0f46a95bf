package io.sluice.console.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the server turned away, written into the audit log.
 *
 * <p>Guarantees: a refusal names an account, a route as the server names it, the status and the reason; nothing that was
 * typed. What an account asks for that has logged in is a line each. What anybody can send makes at most
 * {@value #MOST} lines in an hour, and one more at each doubling, which says how many have no line of their own. A refusal
 * stays one when the log cannot be written; the server's log says so then. Does not guarantee: that a flood leaves a line
 * to each refusal beside it.
 *
 * <p>Thread-safe.
 */
public final class Refusals implements AutoCloseable {
    /** Stands for whoever shows no account; no account can have this name. */
    public static final String UNKNOWN = "(unknown)";

    /** Lines of an hour before they are summed up; a house of people mistypes less often. */
    static final int MOST = 100;

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String ACTION = "refused";
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final AuditLog audit;
    private final Clock clock;
    private Instant end = Instant.MIN;
    private long inWindow;
    private long summed;

    /**
     * One refusal.
     *
     * @param account whose, or {@link #UNKNOWN}
     * @param route method and path as the server names them, such as {@code GET /api/policies/{offset}}
     * @param status of the answer
     * @param because why, one word
     */
    public record Refusal(String account, String route, int status, String because) {}

    public Refusals(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Notes what was refused to an account that had logged in. */
    public void ofSession(Refusal refusal) {
        write(refusal, 0);
    }

    /** Notes what was refused to somebody who did not show to be an account. */
    public synchronized void ofAnybody(Refusal refusal) {
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            end = now.plus(WINDOW);
            inWindow = 0;
        }
        inWindow++;
        if (inWindow <= MOST || isDoubled(inWindow)) {
            write(refusal, summed);
            summed = 0;
        } else {
            summed++;
        }
    }

    private static boolean isDoubled(long count) {
        return count % MOST == 0 && Long.bitCount(count / MOST) == 1;
    }

    private void write(Refusal refusal, long before) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("route", refusal.route());
        facts.put("status", refusal.status());
        facts.put("because", refusal.because());
        if (before > 0) {
            facts.put("summed", before);
        }
        write(refusal.account(), facts);
    }

    private void write(String account, Map<String, Object> facts) {
        try {
            audit.write(account, ACTION, facts);
        } catch (AuditUnavailable e) {
            LOG.error("A refusal cannot be written into the audit log; look at the disk and the rights of its folder");
        }
    }

    /** Writes how many refusals have no line yet. */
    @Override
    public synchronized void close() {
        if (summed > 0) {
            write(UNKNOWN, Map.of("because", "the server ends", "summed", summed));
            summed = 0;
        }
    }
}
