package io.sluice.ingest.enrich;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What enrichment looks things up in, and how much it may spend.
 *
 * @param placeDatabase a GeoIP2 or GeoLite2 City or Country file (.mmdb), or null for the one on the class path
 * @param networkDatabase a GeoIP2 or GeoLite2 ASN file (.mmdb), or null for the one on the class path
 * @param unpackInto folder into which the databases of the class path are unpacked once, to be mapped into memory from
 *     then on by every process; null: each process reads them into its heap (73 MB, about a second)
 * @param ownHosts hosts of the services themselves, lower case; a referrer on one of them or below it is internal
 * @param cachedAddresses how many addresses one task keeps the place of, at least 1
 * @param cachedUserAgents how many user agents one task keeps the description of, at least 1
 * @param userAgentsPerSecond how many user agents not seen before one task may take apart in a second; beyond it they get
 *     a coarse description; 0 for no bound
 * @param clock tells the seconds for that bound, and how old a database is
 */
public record EnrichConfig(
        @Nullable Path placeDatabase,
        @Nullable Path networkDatabase,
        @Nullable Path unpackInto,
        List<String> ownHosts,
        int cachedAddresses,
        int cachedUserAgents,
        int userAgentsPerSecond,
        Clock clock) {
    /** The databases on the class path, 65,536 addresses, 16,384 user agents, 300 new ones a second. */
    public static EnrichConfig withDefaults(Clock clock) {
        return new EnrichConfig(null, null, null, List.of(), 65_536, 16_384, 300, clock);
    }

    public EnrichConfig {
        ownHosts = List.copyOf(ownHosts);
        if (cachedAddresses < 1 || cachedUserAgents < 1 || userAgentsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "enrichment needs room for at least 1 address and 1 user agent, and 0 or more new ones a second");
        }
    }

    public EnrichConfig withPlaceDatabase(@Nullable Path file) {
        return new EnrichConfig(
                file,
                networkDatabase,
                unpackInto,
                ownHosts,
                cachedAddresses,
                cachedUserAgents,
                userAgentsPerSecond,
                clock);
    }

    public EnrichConfig withNetworkDatabase(@Nullable Path file) {
        return new EnrichConfig(
                placeDatabase,
                file,
                unpackInto,
                ownHosts,
                cachedAddresses,
                cachedUserAgents,
                userAgentsPerSecond,
                clock);
    }

    public EnrichConfig withUnpackInto(@Nullable Path folder) {
        return new EnrichConfig(
                placeDatabase,
                networkDatabase,
                folder,
                ownHosts,
                cachedAddresses,
                cachedUserAgents,
                userAgentsPerSecond,
                clock);
    }

    public EnrichConfig withOwnHosts(List<String> hosts) {
        return new EnrichConfig(
                placeDatabase,
                networkDatabase,
                unpackInto,
                hosts,
                cachedAddresses,
                cachedUserAgents,
                userAgentsPerSecond,
                clock);
    }

    public EnrichConfig withUserAgentsPerSecond(int bound) {
        return new EnrichConfig(
                placeDatabase, networkDatabase, unpackInto, ownHosts, cachedAddresses, cachedUserAgents, bound, clock);
    }
}
