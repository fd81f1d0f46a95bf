package io.sluice.cli;

import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.source.SourceOption;
import io.sluice.redaction.yaml.Problems;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    @Nullable
    String format;

    @Option(
            names = "--log-format",
            paramLabel = "STRING",
            description = {
                "How the lines are written: log_format of nginx, LogFormat of apache, a pattern of log4j or",
                "logback (pattern), a #Fields line (w3c, cloudfront)."
            })
    @Nullable
    String logFormat;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Label of the source in the policy (default: application, the stricter).")
    @Nullable
    String dataset;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Time zone of times without one (default: UTC).")
    @Nullable
    String zone;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "CIDR",
            split = ",",
            description = "Networks whose X-Forwarded-For is believed (default: none, the peer is the client).")
    @Nullable
    List<String> trustedProxies;

    /** The options of these flags; wrong ones are wrong usage. */
    SourceOptions options() {
        boolean declarable = format != null
                && LogFormat.byLabel(format).filter(LogFormat::isDeclarable).isPresent();
        if (logFormat != null && !declarable) {
            throw wrong("--log-format has no meaning with --format " + (format == null ? "auto" : format)
                    + ", which is not declared by a string; leave it away");
        }
        if (format != null && LogFormat.byLabel(format).isEmpty()) {
            throw unknownFormat(format);
        }
        SourceOptions options = SourceOptions.DEFAULT;
        for (Map.Entry<SourceOption, String> given : given().entrySet()) {
            try {
                options = given.getKey().set(options, given.getValue());
            } catch (IllegalArgumentException e) {
                throw wrong("--" + given.getKey().label() + " " + given.getValue() + " will not do: " + e.getMessage());
            }
        }
        try {
            LogParsers.forOptions(options);
        } catch (IllegalArgumentException e) {
            throw wrong("--log-format will not do: " + e.getMessage());
        }
        return options;
    }

    /** Those that were typed: what is not does not travel with {@code send}. */
    Map<SourceOption, String> given() {
        Map<SourceOption, String> given = new EnumMap<>(SourceOption.class);
        put(given, SourceOption.FORMAT, format);
        put(given, SourceOption.LOG_FORMAT, logFormat);
        put(given, SourceOption.FRAMING, framing.name);
        put(given, SourceOption.DATASET, dataset);
        put(given, SourceOption.ZONE, zone);
        put(given, SourceOption.TRUSTED_PROXIES, trustedProxies == null ? null : String.join(",", trustedProxies));
        return given;
    }

    private static void put(Map<SourceOption, String> given, SourceOption option, @Nullable String value) {
        if (value != null) {
            given.put(option, value);
        }
    }

    private ParameterException unknownFormat(String name) {
        List<String> labels =
                LogParsers.formats().stream().map(LogFormat::label).toList();
        String meant = Problems.nearest(name, labels);
        return wrong("there is no format " + name + " for --format; "
                + (meant == null ? "it is one of " + String.join(", ", labels) : "did you mean " + meant + "?"));
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
        @Nullable
        String name;

        Framing framing() {
            if (name == null) {
                return SourceOptions.DEFAULT.framing();
            }
            try {
                return Framing.parse(name);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        spec.commandLine(), "--framing " + name + " will not do: " + e.getMessage());
            }
        }
    }
}
