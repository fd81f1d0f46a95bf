package io.sluice.ingest.parse;

import io.sluice.ingest.parse.apache.ApacheFormat;
import io.sluice.ingest.parse.auto.AutoParser;
import io.sluice.ingest.parse.declared.DeclaredParser;
import io.sluice.ingest.parse.ncsa.NcsaParser;
import io.sluice.ingest.parse.ncsa.VhostParser;
import io.sluice.ingest.parse.nginx.NginxFormat;
import io.sluice.ingest.parse.text.TextParser;
import io.sluice.ingest.parse.usage.UsageParser;
import java.util.List;

/** The table of all parsers: one line for each format. */
public final class LogParsers {
    private LogParsers() {}

    /**
     * The parser for a source, with the default limits; make it once for each source and keep it.
     *
     * @throws IllegalArgumentException if its declared format is not understood, saying why
     */
    public static LogParser forOptions(SourceOptions options) {
        return forOptions(options, ParseLimits.DEFAULT);
    }

    /**
     * The parser for a source; records above the limits are rejected, not cut short.
     *
     * @throws IllegalArgumentException if its declared format is not understood, saying why
     */
    public static LogParser forOptions(SourceOptions options, ParseLimits limits) {
        LogParser parser =
                switch (options.format()) {
                    case AUTO -> new AutoParser(options, limits);
                    case COMBINED -> NcsaParser.combined(options);
                    case COMMON -> NcsaParser.common(options);
                    case VHOST -> new VhostParser(options);
                    case NGINX ->
                        new DeclaredParser(
                                LogFormat.NGINX,
                                NginxFormat.compile(declared(options, NginxFormat.COMBINED)),
                                options.zone());
                    case APACHE ->
                        new DeclaredParser(
                                LogFormat.APACHE,
                                ApacheFormat.compile(declared(options, ApacheFormat.COMBINED)),
                                options.zone());
                    case USAGE -> new UsageParser(options, limits);
                    case TEXT -> new TextParser();
                };
        return new SizeLimited(parser, limits.maxBytes());
    }

    private static String declared(SourceOptions options, String otherwise) {
        String declared = options.logFormat();
        return declared == null ? otherwise : declared;
    }

    /** The formats that can be asked for by name. */
    public static List<LogFormat> formats() {
        return List.of(LogFormat.values());
    }

    private record SizeLimited(LogParser parser, int maxBytes) implements LogParser {
        @Override
        public LogFormat format() {
            return parser.format();
        }

        @Override
        public void parse(Bytes record, ParseSink into) {
            if (record.length() > maxBytes) {
                into.reject(Reason.TOO_LARGE);
            } else {
                parser.parse(record, into);
            }
        }
    }
}
