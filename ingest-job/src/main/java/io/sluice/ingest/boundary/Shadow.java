package io.sluice.ingest.boundary;

import io.sluice.ingest.enrich.Enricher;
import io.sluice.keys.BucketKey;
import io.sluice.keys.Cipher;
import io.sluice.keys.EpochKey;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyedHash;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a candidate beside the policy that counts and counts what it would do differently.
 *
 * <p>Guarantees: it releases, seals and indexes nothing; it uses no key of the installation but the one by which choices
 * are looked up, and makes none; it shares nothing that changes with the boundary that releases, so that it cannot change
 * what that one does; whatever fails in it is counted and goes no further. Does not guarantee: that it is fast; a record
 * that is compared goes through both policies once more.
 *
 * <p>Not thread-safe: one per task.
 */
public final class Shadow implements AutoCloseable {
    private final Supplier<@Nullable Candidate> candidates;
    private final PolicyTimeline policies;
    private final Choices choices;
    private final KeyStore keys;
    private final Supplier<Enricher> enrichers;
    private final SecureRandom random;
    private @Nullable Trial trial;

    /**
     * @param candidates the one to run now, the same object as long as it is the same trial; null if there is none
     * @param policies which policy counts when
     * @param choices the consent register
     * @param keys of them, the gate key alone is used
     * @param enrichers makes look-ups with caches of their own
     * @param random where the keys of tokens that nobody sees come from
     */
    public Shadow(
            Supplier<@Nullable Candidate> candidates,
            PolicyTimeline policies,
            Choices choices,
            KeyStore keys,
            Supplier<Enricher> enrichers,
            SecureRandom random) {
        this.candidates = candidates;
        this.policies = policies;
        this.choices = choices;
        this.keys = keys;
        this.enrichers = enrichers;
        this.random = random;
    }

    /** Compares a record that the boundary is done with, if there is a candidate and it takes this one. */
    public void look(RawRecord record, ShadowTally into) {
        Candidate candidate = candidates.get();
        if (candidate == null) {
            close();
            return;
        }
        if (!candidate.takes(record)) {
            return;
        }
        try {
            trial(candidate).compare(record, into);
        } catch (RuntimeException | StackOverflowError e) {
            // Its text may quote the record.
            into.failed(candidate);
        }
    }

    private Trial trial(Candidate candidate) {
        Trial running = trial;
        if (running == null || running.candidate != candidate) {
            close();
            running = new Trial(candidate);
            trial = running;
        }
        return running;
    }

    @Override
    public void close() {
        if (trial != null) {
            trial.tokens.close();
            trial = null;
        }
    }

    /** Both policies made ready for this task. */
    private final class Trial {
        private final Candidate candidate;
        private final KeyStore tokens = new ThrowawayKeyStore(random);
        private final Watched before;
        private final Watched after;

        Trial(Candidate candidate) {
            this.candidate = candidate;
            KeyStore gated = new Gated(keys, tokens);
            Enricher enricher = enrichers.get();
            this.before = new Watched(policies, choices, gated, enricher);
            this.after = new Watched(PolicyTimeline.always(candidate.policy()), choices, gated, enricher);
        }

        void compare(RawRecord record, ShadowTally into) {
            RedactionPolicy active = policies.at(record.receivedAt());
            if (active == null) {
                throw new IllegalStateException("no policy holds for the receive time of a record");
            }
            List<Watched.Seen> old = before.watch(record);
            List<Watched.Seen> now = after.watch(record);
            into.compared(candidate, active, old, now);
        }
    }

    /** The installation's gate key; every other key is a throwaway one. */
    private record Gated(KeyStore real, KeyStore throwaway) implements KeyStore {
        @Override
        public KeyedHash gate() {
            return real.gate();
        }

        @Override
        public KeyedHash eventIds(String route) {
            return throwaway.eventIds(route);
        }

        @Override
        public Optional<EpochKey> tokens(String purpose, Instant receivedAt) {
            return throwaway.tokens(purpose, receivedAt);
        }

        @Override
        public Optional<KeyedHash> visitorDay(LocalDate receiveDay) {
            return throwaway.visitorDay(receiveDay);
        }

        @Override
        public Optional<KeyedHash> subjectDay(LocalDate receiveDay) {
            return throwaway.subjectDay(receiveDay);
        }

        @Override
        public KeyedHash blindIndex() {
            return throwaway.blindIndex();
        }

        @Override
        public Cipher encryption(String purpose) {
            return throwaway.encryption(purpose);
        }

        @Override
        public BucketKey bucket(String bucket) {
            return throwaway.bucket(bucket);
        }

        @Override
        public void close() {
            throwaway.close();
        }
    }
}
