package io.sluice.ingest.parse;

import io.sluice.ingest.parse.apache.ApacheErrorParser;
import io.sluice.ingest.parse.apache.ApacheFormat;
import io.sluice.ingest.parse.apm.ApmParser;
import io.sluice.ingest.parse.application.Dialects;
import io.sluice.ingest.parse.auto.AutoParser;
import io.sluice.ingest.parse.avro.AvroUsageParser;
import io.sluice.ingest.parse.aws.AlbParser;
import io.sluice.ingest.parse.ga4.Ga4Parser;
import io.sluice.ingest.parse.haproxy.HaproxyParser;
import io.sluice.ingest.parse.klog.KlogParser;
import io.sluice.ingest.parse.logfmt.LogfmtParser;
import io.sluice.ingest.parse.matomo.MatomoParser;
import io.sluice.ingest.parse.ncsa.NcsaParser;
import io.sluice.ingest.parse.ncsa.VhostParser;
import io.sluice.ingest.parse.nginx.NginxErrorParser;
import io.sluice.ingest.parse.nginx.NginxFormat;
import io.sluice.ingest.parse.pattern.PatternFormat;
import io.sluice.ingest.parse.postgresql.PostgresqlParser;
import io.sluice.ingest.parse.posthog.PosthogParser;
import io.sluice.ingest.parse.rails.RailsParser;
import io.sluice.ingest.parse.request.RequestParser;
import io.sluice.ingest.parse.segment.SegmentParser;
import io.sluice.ingest.parse.snowplow.SnowplowParser;
import io.sluice.ingest.parse.syslog.SyslogParser;
import io.sluice.ingest.parse.text.TextParser;
import io.sluice.ingest.parse.usage.UsageParser;
import io.sluice.ingest.parse.w3c.W3cParser;
import java.time.ZoneId;
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
        ZoneId zone = options.zone();
        String declared = options.logFormat();
        LogParser parser =
                switch (options.format()) {
                    case AUTO -> new AutoParser(options, limits);
                    case COMBINED -> NcsaParser.combined(options);
                    case COMMON -> NcsaParser.common(options);
                    case VHOST -> new VhostParser(options);
                    case NGINX -> NginxFormat.parser(declared, zone);
                    case APACHE -> ApacheFormat.parser(declared, zone);
                    case NGINX_ERROR -> new NginxErrorParser(zone);
                    case APACHE_ERROR -> new ApacheErrorParser(zone);
                    case HAPROXY -> new HaproxyParser(zone);
                    case W3C -> W3cParser.of(declared);
                    case CLOUDFRONT -> W3cParser.cloudfront(declared);
                    case ALB -> new AlbParser();
                    case JSON -> new AutoParser(options, limits).json();
                    case LOGFMT -> new LogfmtParser(zone, limits);
                    case SYSLOG -> new SyslogParser(zone);
                    case PATTERN -> declared == null ? Dialects.levelled(zone) : PatternFormat.parser(declared, zone);
                    case JAVA -> Dialects.java(zone);
                    case PYTHON -> Dialects.python(zone);
                    case KLOG -> new KlogParser(zone);
                    case RAILS -> new RailsParser(zone);
                    case POSTGRESQL -> new PostgresqlParser(zone);
                    case MYSQL -> Dialects.mysql(zone);
                    case KAFKA -> Dialects.kafka(zone);
                    case ELASTICSEARCH -> Dialects.elasticsearch(zone);
                    case DATED -> Dialects.dated(zone);
                    case USAGE -> new UsageParser(options, limits);
                    case AVRO_USAGE -> new AvroUsageParser(options, limits);
                    case SEGMENT -> new SegmentParser(options, limits);
                    case SNOWPLOW -> new SnowplowParser(options, limits);
                    case MATOMO -> new MatomoParser(options, limits);
                    case GA4 -> new Ga4Parser(options, limits);
                    case POSTHOG -> new PosthogParser(options, limits);
                    case APM -> new ApmParser(options, limits);
                    case REQUEST -> new RequestParser(options, limits);
                    case TEXT -> new TextParser();
                };
        return new SizeLimited(parser, limits.maxBytes());
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
        public boolean showsSignals() {
            return parser.showsSignals();
        }

        @Override
        public void parse(Bytes record, ParseSink into) {
            if (record.length() > maxBytes) {
                into.reject(Reason.TOO_LARGE);
            } else {
                parser.parse(record, into);
            }
        }

        @Override
        public Explanation explain(Bytes record, ParseSink into) {
            if (record.length() <= maxBytes) {
                return parser.explain(record, into);
            }
            into.reject(Reason.TOO_LARGE);
            return new Explanation("none", "it is larger than the limit for records");
        }
    }
}
