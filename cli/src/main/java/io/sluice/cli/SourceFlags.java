package io.sluice.cli;

import io.sluice.ingest.enrich.ClientAddress;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.yaml.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a source says of its records: the same flags for every verb that reads any. */
final class SourceFlags {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Mixin
    FramingFlag framing = new FramingFlag();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the records; auto decides record by record. parse --formats lists all.")
    String format = LogFormat.AUTO.label();

    @Option(
            names = "--log-format",
            paramLabel = "STRING",
            description = "The format string of the server, for formats that are declared by one.")
    @Nullable String logFormat;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Label of the source in the policy (default: application, the stricter).")
    String dataset = SourceOptions.DEFAULT.dataset();

    @Option(names = "--zone", paramLabel = "ZONE", description = "Time zone of times without one (default: UTC).")
    String zone = "UTC";

    @Option(
            names = "--trusted-proxies",
            paramLabel = "CIDR",
            split = ",",
            description = "Networks whose X-Forwarded-For is believed (default: none, the peer is the client).")
    List<String> trustedProxies = List.of();

    /** The options of these flags; wrong ones are wrong usage. */
    SourceOptions options() {
        LogFormat known = LogFormat.byLabel(format).orElseThrow(() -> unknownFormat());
        if (logFormat != null) {
            throw wrong("--log-format has no meaning with --format " + format
                    + ", which is not declared by a string; leave it away");
        }
        try {
            ClientAddress.behind(trustedProxies);
        } catch (IllegalArgumentException e) {
            throw wrong("--trusted-proxies takes networks such as 10.0.0.0/8,2001:db8::/32: " + e.getMessage());
        }
        return new SourceOptions(known, null, framing.framing(), dataset, zone(), List.copyOf(trustedProxies));
    }

    private ParameterException unknownFormat() {
        List<String> labels =
                LogParsers.formats().stream().map(LogFormat::label).collect(Collectors.toList());
        String meant = Problems.nearest(format, labels);
        return wrong("there is no format " + format + " for --format; "
                + (meant == null ? "it is one of " + String.join(", ", labels) : "did you mean " + meant + "?"));
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw wrong("--zone takes a time zone such as America/Toronto or +02:00, not " + zone);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** How files are cut into records. */
    static final class FramingFlag {
        @Spec(Spec.Target.MIXEE)
        CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--framing",
                paramLabel = "FRAMING",
                description = {
                    "line: a record a line (default); file: each FILE is one record;",
                    "jsonl:POINTER: the string at that JSON pointer of each line, such as jsonl:/message."
                })
        String name = SourceOptions.DEFAULT.framing().label();

        Framing framing() {
            try {
                return Framing.parse(name);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--framing " + name + ": " + e.getMessage());
            }
        }
    }
}
