package io.sluice.ingest.parse;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of its records; the same for a topic in the configuration, for {@code send} and offline.
 *
 * @param format the format, or {@link LogFormat#AUTO}
 * @param logFormat declared format string, for formats that take one
 * @param framing how a value is cut into records; a value of a binary format is one record, whatever is said here
 * @param dataset label of the source in the policy; {@code application} is the stricter one and the default
 * @param zone for times that come without one
 * @param trustedProxies networks (CIDR) whose X-Forwarded-For is believed; empty: the peer is the client
 */
public record SourceOptions(
        LogFormat format,
        @Nullable String logFormat,
        Framing framing,
        String dataset,
        ZoneId zone,
        List<String> trustedProxies) {
    public static final SourceOptions DEFAULT =
            new SourceOptions(LogFormat.AUTO, null, Framing.LINE, "application", ZoneOffset.UTC, List.of());

    public SourceOptions {
        framing = format.isBinary() ? Framing.WHOLE : framing;
    }

    public SourceOptions withFormat(LogFormat format) {
        return new SourceOptions(format, logFormat, framing, dataset, zone, trustedProxies);
    }

    public SourceOptions withFraming(Framing framing) {
        return new SourceOptions(format, logFormat, framing, dataset, zone, trustedProxies);
    }

    public SourceOptions withDataset(String dataset) {
        return new SourceOptions(format, logFormat, framing, dataset, zone, trustedProxies);
    }

    public SourceOptions withZone(ZoneId zone) {
        return new SourceOptions(format, logFormat, framing, dataset, zone, trustedProxies);
    }

    public SourceOptions withTrustedProxies(List<String> trustedProxies) {
        return new SourceOptions(format, logFormat, framing, dataset, zone, List.copyOf(trustedProxies));
    }
}
