package io.sluice.ingest.boundary;

import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.usage.PageView;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.KeyUnavailable;
import io.sluice.redaction.Cut;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Redactor;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.consent.ConsentDecision;
import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.consent.Signals;
import io.sluice.redaction.consent.Signals.Signal;
import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.url.PathTemplates;
import io.sluice.redaction.yaml.Problem;
import io.sluice.schema.CleanEvent;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The boundary: one call, after which nothing is plaintext.
 *
 * <p>Guarantees: total, for each event and each route of the policy there is exactly one outcome; whatever fails on an
 * event quarantines it, with a code and no text; a released event holds what the policy lists and nothing else; every
 * record goes to the sealer once, secrets and client information cut out where their place is known. Does not guarantee:
 * that what cannot be parsed is free of them; it is sealed, and gone after 14 days.
 *
 * <p>It never waits, and calls nothing outside the process. Not thread-safe: one per task.
 */
public final class PrivacyBoundary {
    private static final int POLICIES = 4;

    private final PolicyTimeline policies;
    private final Choices choices;
    private final KeyStore keys;
    private final Enricher enricher;
    private final Sealer sealer;
    private final RecordReader reader = new RecordReader();
    private final CleanEvents cleanEvents = new CleanEvents();
    private final EventIds eventIds;
    private final SenderKeys senderKeys;
    private final IdentifierHashes hashes;
    private final Map<RedactionPolicy, Compiled> compiled = new IdentityHashMap<>();
    private final @Nullable String onlyRoute;
    private final Witness witness;

    /** A policy made ready for this task. */
    private record Compiled(RedactionPolicy policy, Redactor redactor, TextScanner scanner, List<Way> ways) {}

    /** A route and when events may go it. */
    private record Way(Route route, ConsentRule consent) {}

    /**
     * @param policies which policy holds when
     * @param choices the consent register
     * @param keys the installation's keys
     * @param enricher what is looked up on plaintext in memory
     * @param sealer where the records themselves go; {@link Sealer#NONE} offline, where nothing is indexed either
     */
    public PrivacyBoundary(PolicyTimeline policies, Choices choices, KeyStore keys, Enricher enricher, Sealer sealer) {
        this(policies, choices, keys, enricher, sealer, null, Witness.NONE);
    }

    private PrivacyBoundary(
            PolicyTimeline policies,
            Choices choices,
            KeyStore keys,
            Enricher enricher,
            Sealer sealer,
            @Nullable String onlyRoute,
            Witness witness) {
        this.policies = policies;
        this.choices = choices;
        this.keys = keys;
        this.enricher = enricher;
        this.sealer = sealer;
        this.eventIds = new EventIds(keys);
        this.senderKeys = new SenderKeys(keys);
        this.hashes = new IdentifierHashes(keys);
        this.onlyRoute = onlyRoute;
        this.witness = witness;
    }

    /** The boundary of an offline run: one route, nothing sealed; what it does not ask for costs nothing. */
    public static PrivacyBoundary offline(
            PolicyTimeline policies, Choices choices, KeyStore keys, Enricher enricher, String route) {
        return new PrivacyBoundary(policies, choices, keys, enricher, Sealer.NONE, route, Witness.NONE);
    }

    /** A boundary that shows what happens: all routes, nothing sealed. */
    static PrivacyBoundary witnessed(
            PolicyTimeline policies, Choices choices, KeyStore keys, Enricher enricher, Witness witness) {
        return new PrivacyBoundary(policies, choices, keys, enricher, Sealer.NONE, null, witness);
    }

    /** The fields that a policy lets out and that no clean event has a column for; such a policy must be refused. */
    public static List<Problem> withoutColumn(RedactionPolicy policy) {
        return new CleanEvents().withoutColumn(policy);
    }

    /**
     * All that becomes of one Kafka record.
     *
     * @throws KeyUnavailable if a key is not made yet: the record must be tried again, nothing of it may be committed
     * @throws KeyStoreFailure if the key store cannot be used
     */
    public void process(RawRecord record, Outcomes into) {
        RedactionPolicy policy = policies.at(record.receivedAt());
        if (policy == null) {
            // Not to be reached: the source holds records back until their policy is loaded.
            throw new IllegalStateException("no policy holds for the receive time of a record");
        }
        reader.read(record, new Processing(record, ready(policy), into));
    }

    private Compiled ready(RedactionPolicy policy) {
        Compiled known = compiled.get(policy);
        if (known == null) {
            TextScanner scanner = policy.scanner();
            known = new Compiled(
                    policy,
                    new Redactor(policy, keys, scanner),
                    scanner,
                    policy.routes().values().stream()
                            .filter(route -> onlyRoute == null || route.name().equals(onlyRoute))
                            .map(route -> new Way(route, policy.consent(route)))
                            .toList());
            if (compiled.size() >= POLICIES) {
                compiled.clear();
            }
            compiled.put(policy, known);
        }
        return known;
    }

    /** One Kafka record on its way through the boundary. */
    private final class Processing implements EventSink {
        private final RawRecord from;
        private final Compiled compiled;
        private final Outcomes into;
        private final @Nullable Dataset dataset;
        private final List<Scanned> scannedEvents = new ArrayList<>(1);
        private final boolean expired;
        private boolean quarantined;

        Processing(RawRecord from, Compiled compiled, Outcomes into) {
            this.from = from;
            this.compiled = compiled;
            this.into = into;
            this.dataset = compiled.policy().dataset(from.options().dataset());
            this.expired = !sealer.takes(from, false);
        }

        /** What is done with an event, in this order. */
        @Override
        public void event(Position at, Event event) {
            if (from.receivedAt() == RawRecord.NO_RECEIVE_TIME) {
                rejected(at, Reason.NO_RECEIVE_TIME);
                return;
            }
            if (expired) {
                rejected(at, Reason.EXPIRED);
                return;
            }
            if (dataset == null) {
                rejected(at, Reason.UNKNOWN_OPTION);
                return;
            }
            Scanned scanned;
            Set<Signal> signals;
            try {
                Derived.clear(event);
                EventTime.settle(event, from.receivedAt());
                LogLevels.settle(event);
                signals = Signals.of(event, compiled.policy().optOutCookie());
                enricher.enrich(event);
                scanned = compiled.redactor().scan(event, dataset, from.receivedAt());
                event.set(Fields.EVENT_PAGE_VIEW, PageView.is(event, scanned.pathRule()));
            } catch (RuntimeException | StackOverflowError e) {
                failed(at, e);
                return;
            }
            scannedEvents.add(scanned);
            witness.event(at, scanned);
            if (onlyRoute == null) {
                countUnlisted(scanned);
            }
            Set<Identifier> people = people(event);
            for (Way way : compiled.ways()) {
                leave(at, scanned, way.route(), decide(way, event, signals, people));
            }
        }

        /** One event on one route. */
        private void leave(Position at, Scanned scanned, Route route, ConsentDecision decision) {
            if (decision == ConsentDecision.CLOSED) {
                into.suppressed(route.name(), at);
                return;
            }
            CleanEvent clean;
            @Nullable SenderKey sender;
            try {
                Redacted redacted = compiled.redactor()
                        .redact(scanned, route, scanned.form(decision == ConsentDecision.ANONYMIZED));
                witness.redacted(at, redacted);
                clean = cleanEvents.build(
                        redacted,
                        eventIds.of(route.name(), from, at),
                        compiled.policy().version(),
                        scanned.dataset().name(),
                        from.receivedAt());
                sender = senderKeys.of(
                        route.name(),
                        scanned.dataset().name(),
                        from,
                        scanned.event().text(Fields.SENDER_EVENT_ID));
            } catch (KeyUnavailable | KeyStoreFailure e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                quarantine(route, at, Reason.INTERNAL);
                return;
            }
            if (clean == null) {
                quarantine(route, at, Reason.SCHEMA_MISMATCH);
            } else {
                into.released(route.name(), at, clean, sender);
            }
        }

        private void failed(Position at, Throwable e) {
            if (e instanceof KeyUnavailable || e instanceof KeyStoreFailure) {
                throw (RuntimeException) e;
            }
            rejected(at, Reason.INTERNAL);
        }

        @Override
        public void rejected(Position at, Reason reason) {
            for (Way way : compiled.ways()) {
                quarantine(way.route(), at, reason);
            }
        }

        private void quarantine(Route route, Position at, Reason reason) {
            quarantined = true;
            into.quarantined(route.name(), at, sealer.takes(from, true) ? reason : Reason.EXPIRED);
        }

        @Override
        public void end(Position at, Bytes record) {
            if (sealer != Sealer.NONE && sealer.takes(from, quarantined)) {
                seal(at, record);
            }
            scannedEvents.clear();
            quarantined = false;
        }

        /** The record itself: its identifiers to the subject index, its bytes, with the cuts made, to the vault. */
        private void seal(Position at, Bytes record) {
            Set<Identifier> identifiers = new LinkedHashSet<>();
            Set<Cut> cuts = new LinkedHashSet<>();
            int event = 0;
            for (Scanned scanned : scannedEvents) {
                Set<Identifier> own = scanned.identifiers();
                identified(new Position(at.ordinal() + event, at.line(), at.lines(), event), own);
                event++;
                identifiers.addAll(own);
                cuts.addAll(scanned.cuts());
            }
            if (quarantined) {
                String text = record.text();
                List<Finding> findings = compiled.scanner().scan(text);
                Scanned.found(text, findings, identifiers);
                Scanned.found(text, findings, cuts);
                identified(at, identifiers);
            }
            List<byte[]> terms = new ArrayList<>(identifiers.size());
            for (Identifier identifier : identifiers) {
                terms.add(hashes.blind(identifier));
            }
            List<Cut> longestFirst = new ArrayList<>(cuts);
            longestFirst.sort(
                    (a, b) -> Integer.compare(b.text().length(), a.text().length()));
            sealer.seal(from, at, Cuts.apply(record, longestFirst), quarantined, terms);
        }

        private void identified(Position at, Set<Identifier> identifiers) {
            for (Identifier identifier : identifiers) {
                byte[] hash = hashes.subject(identifier, from.receivedAt());
                if (hash != null) {
                    into.identified(at, hash);
                }
            }
        }

        private void countUnlisted(Scanned scanned) {
            String path = scanned.pathRule() == null ? scanned.event().text(Fields.URL_PATH) : null;
            if (path != null) {
                into.otherPath(PathTemplates.shape(path));
            }
            for (FieldPath field : scanned.unlisted()) {
                into.unlistedField(Fields.shape(field));
            }
        }

        @Override
        public void blank(int line) {
            into.blank(1);
        }

        @Override
        public void header(int line) {
            into.header(1);
        }

        private ConsentDecision decide(Way way, Event event, Set<Signal> signals, Set<Identifier> people) {
            Choice choice = null;
            for (Identifier person : people) {
                Choice own = choices.find(hashes.gate(person), way.route().purpose());
                choice = own == null || choice == Choice.REFUSED ? choice : own;
            }
            return way.consent()
                    .decide(signals, choice, event.text(Fields.SOURCE_COUNTRY), event.text(Fields.SOURCE_REGION));
        }

        /** Those who may have chosen something; nobody, if nobody has. */
        private Set<Identifier> people(Event event) {
            return choices.isEmpty() ? Set.of() : People.of(event);
        }
    }

    /** The purpose of a route of the policy that holds at a time; for reports. */
    public @Nullable Purpose purposeOf(String route, long receivedAt) {
        RedactionPolicy policy = policies.at(receivedAt);
        Route found = policy == null ? null : policy.routes().get(route);
        return found == null ? null : found.purpose();
    }
}
