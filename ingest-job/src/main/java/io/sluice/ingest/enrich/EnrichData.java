package io.sluice.ingest.enrich;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a process share: the opened databases and the rules for user agents. Read-only, safe to use from
 * several threads, and large: load it once, {@link #retain} it for each further user, and {@link #close} it as often.
 */
public final class EnrichData implements AutoCloseable {
    /** A database older than this is stale: health says so, and each event that it placed. */
    public static final Duration STALE_AFTER = Duration.ofDays(30);

    private final EnrichConfig config;
    private final @Nullable GeoDatabase places;
    private final @Nullable GeoDatabase networks;
    private final UserAgentRules userAgents;
    private final ReferrerHosts referrerHosts;
    private final AtomicInteger users = new AtomicInteger(1);

    private EnrichData(EnrichConfig config, @Nullable GeoDatabase places, @Nullable GeoDatabase networks) {
        this.config = config;
        this.places = places;
        this.networks = networks;
        this.userAgents = UserAgentRules.load();
        this.referrerHosts = ReferrerHosts.load(config.ownHosts());
    }

    /**
     * Opens everything.
     *
     * @throws IllegalArgumentException if a configured database cannot be read, saying which and what to do
     */
    public static EnrichData load(EnrichConfig config) {
        GeoDatabase places = GeoDatabase.open(
                        config.placeDatabase(),
                        config.unpackInto(),
                        "GeoLite2-City.mmdb",
                        "City or Country",
                        GeoDatabase.Kind.CITY,
                        GeoDatabase.Kind.COUNTRY)
                .orElse(null);
        GeoDatabase networks = GeoDatabase.open(
                        config.networkDatabase(), config.unpackInto(), "GeoLite2-ASN.mmdb", "ASN", GeoDatabase.Kind.ASN)
                .orElse(null);
        return new EnrichData(config, places, networks);
    }

    /** An enricher for one task; it has caches of its own and must not outlive this data. */
    public Enricher enricher() {
        return new TaskEnricher(
                new GeoLookup(this, config.cachedAddresses()),
                new UserAgents(
                        userAgents,
                        config.cachedUserAgents(),
                        new MissBudget(config.userAgentsPerSecond(), config.clock())),
                new Referrers(referrerHosts));
    }

    /** One user more, who must close it too. */
    public EnrichData retain() {
        if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new IllegalStateException("enrichment data was closed by its last user");
        }
        return this;
    }

    /** One user less; the last one closes the databases. */
    @Override
    public void close() {
        if (users.getAndUpdate(count -> Math.max(0, count - 1)) == 1) {
            for (GeoDatabase database : databases()) {
                database.close();
            }
        }
    }

    /** The databases in use with their ages in whole days, for health and start-up messages. */
    public List<Age> ages() {
        Instant now = config.clock().instant();
        return databases().stream()
                .map(database -> new Age(
                        database.name(),
                        Duration.between(database.builtAt(), now).toDays()))
                .toList();
    }

    /**
     * How old a database is.
     *
     * @param name its file or resource
     * @param days whole days since it was built
     */
    public record Age(String name, long days) {
        public boolean isStale() {
            return days > STALE_AFTER.toDays();
        }
    }

    @Nullable
    GeoDatabase places() {
        return places;
    }

    @Nullable
    GeoDatabase networks() {
        return networks;
    }

    private List<GeoDatabase> databases() {
        List<GeoDatabase> databases = new ArrayList<>();
        if (places != null) {
            databases.add(places);
        }
        if (networks != null) {
            databases.add(networks);
        }
        return databases;
    }
}
