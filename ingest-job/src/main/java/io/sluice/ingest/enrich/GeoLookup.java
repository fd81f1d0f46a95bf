package io.sluice.ingest.enrich;

import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.AsnResponse;
import com.maxmind.geoip2.record.Country;
import com.maxmind.geoip2.record.Subdivision;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
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
        } catch (IOException | GeoIp2Exception | RuntimeException e) {
            return Place.NOWHERE; // a record that its database cannot decode; its text names the address
        }
    }

    private Place lookUp(InetAddress address) throws IOException, GeoIp2Exception {
        Country country = null;
        List<Subdivision> subdivisions = List.of();
        if (places != null && places.kind() == GeoDatabase.Kind.CITY) {
            var city = places.reader().tryCity(address).orElse(null);
            country = city == null ? null : city.country();
            subdivisions = city == null ? List.of() : city.subdivisions();
        } else if (places != null) {
            var found = places.reader().tryCountry(address).orElse(null);
            country = found == null ? null : found.country();
        }
        AsnResponse network =
                networks == null ? null : networks.reader().tryAsn(address).orElse(null);
        String code = country == null ? null : country.isoCode();
        String region = subdivisions.isEmpty() ? null : subdivisions.get(0).isoCode();
        return new Place(
                text(code),
                code == null || region == null ? null : new Value.Text(code + "-" + region),
                network == null || network.autonomousSystemNumber() == null
                        ? null
                        : new Value.Whole(network.autonomousSystemNumber()),
                network == null ? null : text(network.autonomousSystemOrganization()));
    }

    private static @Nullable Value text(@Nullable String text) {
        return text == null || text.isEmpty() ? null : new Value.Text(text);
    }
}
