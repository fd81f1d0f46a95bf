package io.sluice.console.policies;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proposals that wait for a second account, in memory: a restart of the server, or a day, ends them all.
 *
 * <p>Not thread-safe.
 */
final class WaitingRequests {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final int MOST = 20;

    private final SecureRandom random;
    private final Clock clock;
    private final Map<String, Request> byId = new LinkedHashMap<>();

    /**
     * A proposal that waits.
     *
     * @param account who asked
     */
    record Request(String id, String account, Instant expires, Proposal proposal) {
        Activation state() {
            return proposal.waiting(id, account);
        }

        /** What the audit log is to know of it. */
        Map<String, Object> facts() {
            Map<String, Object> facts = proposal.facts();
            facts.put("request", id);
            facts.put("askedBy", account);
            return facts;
        }
    }

    WaitingRequests(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** Adds one; beyond the most that may wait, the oldest goes. */
    Request add(String account, Proposal proposal) {
        expire();
        if (byId.size() >= MOST) {
            byId.remove(byId.keySet().iterator().next());
        }
        String id = String.format("%08x", random.nextInt());
        Request request = new Request(id, account, clock.instant().plus(LIFETIME), proposal);
        byId.put(id, request);
        return request;
    }

    Optional<Request> find(String id) {
        expire();
        return Optional.ofNullable(byId.get(id));
    }

    void remove(String id) {
        byId.remove(id);
    }

    List<Request> all() {
        expire();
        return List.copyOf(byId.values());
    }

    private void expire() {
        Instant now = clock.instant();
        byId.values().removeIf(request -> !now.isBefore(request.expires()));
    }
}
