package io.sluice.console.expiry;

import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.elasticsearch.IndexExpiry;
import io.sluice.sinks.subject.SubjectIndex;
import io.sluice.sinks.vault.VaultExpiry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what may be kept no longer: vault buckets, days of the subject index, indices of single events.
 *
 * <p>Guarantees: keys go first and files second; a store that cannot be reached keeps no other from expiring, and is
 * tried again in the next round; doing it again changes nothing. Does not guarantee: anything about Kafka, whose topics
 * end by their own settings, nor that it runs while no server does: then keys are not handed out, but files stay.
 */
public final class Expiry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private final ExpirySettings settings;
    private final VaultExpiry vault;
    private final SubjectIndex subjects;
    private final Supplier<Map<String, Duration>> retentions;
    private final RestClient elasticsearch;
    private final Clock clock;
    private final AtomicReference<@Nullable Round> last = new AtomicReference<>();

    /**
     * A round that is over.
     *
     * @param at when it ended
     */
    public record Round(Instant at, Report report) {}

    /**
     * What one round ended.
     *
     * @param buckets vault buckets whose files are gone
     * @param subjectDays days dropped from the subject index
     * @param indices indices dropped from Elasticsearch
     * @param failed what could not be done, one sentence each; empty if all was
     */
    public record Report(
            List<String> buckets, List<LocalDate> subjectDays, List<String> indices, List<String> failed) {}

    /**
     * @param retentions how long single events are kept from receive time, by route; asked in each round
     * @throws IOException if the certificate or the secret of the account cannot be read
     */
    public Expiry(ExpirySettings settings, ServerKeyStore keys, Supplier<Map<String, Duration>> retentions, Clock clock)
            throws IOException {
        this.settings = settings;
        this.vault = new VaultExpiry(settings.vault(), keys);
        this.subjects = SubjectIndex.open(settings.subjectIndex());
        this.retentions = retentions;
        this.elasticsearch = settings.elasticsearch().open(PATIENCE);
        this.clock = clock;
    }

    /** One round. */
    public synchronized Report expire() {
        Instant now = clock.instant();
        Map<String, Duration> kept = retentions.get();
        IndexExpiry indices = new IndexExpiry(settings.elasticsearch().indices(), kept);
        List<String> failed = new ArrayList<>();
        List<String> buckets = expire("the vault", failed, () -> vault.expire(now));
        int failedBefore = failed.size();
        List<String> dropped = expire("Elasticsearch", failed, () -> indices.expire(elasticsearch, now));
        // As long as a clean copy may be left, what finds it stays.
        boolean copiesAreGone = failed.size() == failedBefore;
        List<LocalDate> days = copiesAreGone
                ? expire("the subject index", failed, () -> subjects.expireBefore(firstDay(now, kept)))
                : List.of();
        Report report = new Report(buckets, days, dropped, failed);
        last.set(new Round(clock.instant(), report));
        return report;
    }

    /** The last round; null before the first is over. */
    public @Nullable Round last() {
        return last.get();
    }

    /** The first receive day of which a clean copy may still be there. */
    private static LocalDate firstDay(Instant now, Map<String, Duration> kept) {
        Duration longest = kept.values().stream().reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
        return LocalDate.ofInstant(now.minus(longest), ZoneOffset.UTC).plusDays(1);
    }

    /** One store. */
    @FunctionalInterface
    private interface Store<T> {
        List<T> expire() throws IOException;
    }

    private static <T> List<T> expire(String what, List<String> failed, Store<T> store) {
        try {
            return store.expire();
        } catch (ResponseException e) {
            failed.add(what + " refused to let data go whose time is over (HTTP "
                    + e.getResponse().getStatusLine().getStatusCode() + "): look at the account's rights");
        } catch (IOException | KeyStoreFailure e) {
            failed.add(what + " could not let data go whose time is over ("
                    + e.getClass().getSimpleName() + "): see that it runs and its folder can be written");
        }
        return List.of();
    }

    /** One round, told in the log. */
    public void round() {
        Report report = expire();
        report.buckets().forEach(bucket -> LOG.info("The vault's bucket {} is gone, for its time is over", bucket));
        report.subjectDays().forEach(day -> LOG.info("The subject index of {} is gone, for its time is over", day));
        report.indices().forEach(index -> LOG.info("The index {} is gone, for its time is over", index));
        report.failed().forEach(sentence -> LOG.error("{}; trying again in the next round", sentence));
    }

    @Override
    public void close() throws IOException {
        elasticsearch.close();
    }
}
