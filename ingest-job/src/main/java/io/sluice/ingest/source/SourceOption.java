package io.sluice.ingest.source;

import io.sluice.ingest.enrich.ClientAddress;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One of the {@link SourceOptions}, by the name it has in the configuration and, behind {@code sluice-}, as the header
 * of a record.
 */
public enum SourceOption {
    FORMAT,
    LOG_FORMAT,
    FRAMING,
    DATASET,
    ZONE,
    TRUSTED_PROXIES;

    private static final String HEADER = "sluice-";

    /** The name in the configuration, such as {@code log-format}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of the record header, such as {@code sluice-log-format}; its value is UTF-8. */
    public String header() {
        return HEADER + label();
    }

    public static Optional<SourceOption> byHeader(String name) {
        return Arrays.stream(values())
                .filter(option -> option.header().equals(name))
                .findFirst();
    }

    /**
     * The options with this one set.
     *
     * @param value as written; networks of {@link #TRUSTED_PROXIES} separated by commas
     * @throws IllegalArgumentException saying what is allowed, without the value
     */
    public SourceOptions set(SourceOptions options, String value) {
        return switch (this) {
            case FORMAT ->
                options.withFormat(LogFormat.byLabel(value)
                        .orElseThrow(() -> new IllegalArgumentException("format is one of "
                                + Arrays.stream(LogFormat.values())
                                        .map(LogFormat::label)
                                        .collect(Collectors.joining(", ")))));
            case LOG_FORMAT ->
                new SourceOptions(
                        options.format(),
                        value,
                        options.framing(),
                        options.dataset(),
                        options.zone(),
                        options.trustedProxies());
            case FRAMING -> options.withFraming(Framing.parse(value));
            case DATASET -> options.withDataset(dataset(value));
            case ZONE -> options.withZone(zone(value));
            case TRUSTED_PROXIES -> options.withTrustedProxies(networks(value));
        };
    }

    private static String dataset(String value) {
        if (!value.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("dataset is a name of small letters, digits and hyphens");
        }
        return value;
    }

    private static ZoneId zone(String value) {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone is a time zone, such as America/Toronto or UTC", e);
        }
    }

    private static List<String> networks(String value) {
        List<String> networks = Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
        ClientAddress.behind(networks);
        return networks;
    }
}
