package io.sluice.ingest.enrich;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read of the records of MaxMind's databases: the codes of a place and the system of a network. The names in eight
 * languages, the coordinates and all else are skipped where they lie. Public within, because the reader makes them by
 * reflection.
 */
final class GeoRecords {
    private GeoRecords() {}

    /** A record of a City or Country database; of the levels below a country the widest comes first. */
    public record OfPlace(@Nullable Part country, @Nullable List<Part> subdivisions) {
        @MaxMindDbConstructor
        public OfPlace(
                @MaxMindDbParameter(name = "country") @Nullable Part country,
                @MaxMindDbParameter(name = "subdivisions") @Nullable List<Part> subdivisions) {
            this.country = country;
            this.subdivisions = subdivisions;
        }

        @Nullable
        String countryCode() {
            return country == null ? null : country.isoCode;
        }

        @Nullable
        String regionCode() {
            return subdivisions == null || subdivisions.isEmpty() ? null : subdivisions.get(0).isoCode;
        }
    }

    /** A country, or a part of one. */
    public record Part(@Nullable String isoCode) {
        @MaxMindDbConstructor
        public Part(@MaxMindDbParameter(name = "iso_code") @Nullable String isoCode) {
            this.isoCode = isoCode;
        }
    }

    /** A record of an ASN database. */
    public record OfNetwork(@Nullable Long number, @Nullable String organization) {
        @MaxMindDbConstructor
        public OfNetwork(
                @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Long number,
                @MaxMindDbParameter(name = "autonomous_system_organization") @Nullable String organization) {
            this.number = number;
            this.organization = organization;
        }
    }
}
