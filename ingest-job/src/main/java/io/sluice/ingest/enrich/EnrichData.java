package io.sluice.ingest.enrich;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a process share: the opened databases and the rules for user agents. Safe to use from several
 * threads, and large: load it once, {@link #retain} it for each further user, and {@link #close} it as often. Nothing in
 * it changes but a database whose file was replaced, if it is told to {@link #follow} them.
 */
public final class EnrichData implements AutoCloseable {
    /** A database older than this is stale: health says so, and each event that it placed. */
    public static final Duration STALE_AFTER = Duration.ofDays(30);

    private final EnrichConfig config;
    private final @Nullable GeoSource places;
    private final @Nullable GeoSource networks;
    private final UserAgentRules userAgents;
    private final ReferrerHosts referrerHosts;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicReference<@Nullable ScheduledExecutorService> follower = new AtomicReference<>();

    private EnrichData(EnrichConfig config, @Nullable GeoSource places, @Nullable GeoSource networks) {
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
        GeoSource places = GeoSource.open(new GeoSource.Wanted(
                        config.placeDatabase(),
                        config.unpackInto(),
                        "GeoLite2-City.mmdb",
                        "City or Country",
                        GeoDatabase.Kind.CITY,
                        GeoDatabase.Kind.COUNTRY))
                .orElse(null);
        GeoSource networks = GeoSource.open(new GeoSource.Wanted(
                        config.networkDatabase(),
                        config.unpackInto(),
                        "GeoLite2-ASN.mmdb",
                        "ASN",
                        GeoDatabase.Kind.ASN))
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
                        new MissBudget(config.userAgentsPerSecond(), config.clock()),
                        new HintReading(
                                config.cachedUserAgents(),
                                new MissBudget(config.userAgentsPerSecond(), config.clock()))),
                new Referrers(referrerHosts));
    }

    /** Looks whether a configured file was replaced, and if so reads it; one that cannot be read changes nothing. */
    public void refresh() {
        sources().forEach(GeoSource::refresh);
    }

    /** Refreshes by itself from now on, until it is closed; only if a file is configured. */
    public EnrichData follow(Duration every) {
        if (sources().stream().noneMatch(GeoSource::isFile)) {
            return this;
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "geo-databases");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(this::refresh, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        stop(follower.getAndSet(executor));
        return this;
    }

    private static void stop(@Nullable ScheduledExecutorService executor) {
        if (executor != null) {
            executor.shutdownNow();
        }
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
            stop(follower.getAndSet(null));
            sources().forEach(GeoSource::close);
        }
    }

    /** The databases in use with their ages in whole days, for health and start-up messages. */
    public List<Age> ages() {
        Instant now = config.clock().instant();
        return sources().stream()
                .map(GeoSource::database)
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
        return places == null ? null : places.database();
    }

    @Nullable
    GeoDatabase networks() {
        return networks == null ? null : networks.database();
    }

    private List<GeoSource> sources() {
        return Stream.of(places, networks).filter(Objects::nonNull).toList();
    }
}
