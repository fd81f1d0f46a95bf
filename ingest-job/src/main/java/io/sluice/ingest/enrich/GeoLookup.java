package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Looks up country, region and autonomous system of {@code source.ip}. Private and reserved addresses have none, and
 * what the databases do not know stays absent. One task's own: it keeps the places that it looked up last, until a
 * database is replaced.
 */
final class GeoLookup {
    private final EnrichData data;
    private final BoundedCache<String, Place> cache;
    private RecentTexts<Place> recent = new RecentTexts<>();
    private @Nullable GeoDatabase places;
    private @Nullable GeoDatabase networks;

    GeoLookup(EnrichData data, int cachedAddresses) {
        this.data = data;
        this.cache = new BoundedCache<>(cachedAddresses);
    }

    void enrich(Event event) {
        String ip = event.text(Fields.SOURCE_IP);
        if (ip != null) {
            place(ip).putInto(event);
        }
    }

    Place place(String ip) {
        forgetIfReplaced();
        Place known = recent.get(ip);
        if (known == null) {
            known = cache.get(ip);
            if (known == null) {
                known = lookUp(ip);
                cache.put(ip, known);
            }
            recent.put(ip, known);
        }
        return known;
    }

    private void forgetIfReplaced() {
        GeoDatabase placesNow = data.places();
        GeoDatabase networksNow = data.networks();
        if (placesNow != places || networksNow != networks) {
            places = placesNow;
            networks = networksNow;
            recent = new RecentTexts<>();
            cache.clear();
        }
    }

    private Place lookUp(String ip) {
        byte[] address = IpNetwork.address(ip);
        if (address == null || ReservedNetworks.contain(address)) {
            return Place.NOWHERE;
        }
        try {
            return lookUp(InetAddress.getByAddress(address));
        } catch (IOException | RuntimeException e) {
            return Place.NOWHERE; // a record that its database cannot decode; its text names the address
        }
    }

    private Place lookUp(InetAddress address) throws IOException {
        GeoRecords.OfPlace place = places == null ? null : places.reader().get(address, GeoRecords.OfPlace.class);
        GeoRecords.OfNetwork network =
                networks == null ? null : networks.reader().get(address, GeoRecords.OfNetwork.class);
        String country = place == null ? null : place.countryCode();
        String region = place == null ? null : place.regionCode();
        return new Place(
                text(country),
                country == null || region == null ? null : new Value.Text(country + "-" + region),
                network == null || network.number() == null ? null : new Value.Whole(network.number()),
                network == null ? null : text(network.organization()));
    }

    private static @Nullable Value text(@Nullable String text) {
        return text == null || text.isEmpty() ? null : new Value.Text(text);
    }
}
