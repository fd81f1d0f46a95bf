package io.sluice.ingest.parse;

import java.util.Locale;
import java.util.Optional;

/** The formats that can be asked for by name; the name on the command line is the constant in lower case. */
public enum LogFormat {
    /** Decided record by record from the bytes alone; see {@code AutoParser} for the order. */
    AUTO(Lines.JOINED),
    /** NCSA combined: common, then referrer and user agent. */
    COMBINED(Lines.SINGLE),
    /** NCSA common. */
    COMMON(Lines.SINGLE),
    /** NCSA common or combined behind the virtual host. */
    VHOST(Lines.SINGLE),
    /** nginx access log by its {@code log_format}; without one, nginx's own {@code combined}. */
    NGINX(Lines.DECLARED),
    /** Apache access log by its {@code LogFormat}; without one, {@code combined}. */
    APACHE(Lines.DECLARED),
    NGINX_ERROR(Lines.JOINED),
    APACHE_ERROR(Lines.JOINED),
    /** HAProxy's {@code option httplog}. */
    HAPROXY(Lines.SINGLE),
    /** W3C extended, as IIS writes it: columns by {@code #Fields} in the same Kafka record, or declared. */
    W3C(Lines.DECLARED),
    /** CloudFront's standard logs; other columns by {@code #Fields} or declared. */
    CLOUDFRONT(Lines.DECLARED),
    /** AWS Application Load Balancer. */
    ALB(Lines.SINGLE),
    /** JSON lines of applications, web servers and shippers, by the names they have. */
    JSON(Lines.SINGLE),
    LOGFMT(Lines.JOINED),
    /** RFC 5424 and RFC 3164. */
    SYSLOG(Lines.JOINED),
    /** log4j and logback by their pattern; without one, whatever has a time and a level in front. */
    PATTERN(Lines.DECLARED_JOINED),
    /** Spring Boot, logback and log4j by their defaults. */
    JAVA(Lines.JOINED),
    PYTHON(Lines.JOINED),
    /** glog and klog. */
    KLOG(Lines.JOINED),
    /** Ruby's Logger and Rails. */
    RAILS(Lines.JOINED),
    /** PostgreSQL's server log, text and CSV. */
    POSTGRESQL(Lines.JOINED),
    /** MySQL and MariaDB. */
    MYSQL(Lines.JOINED),
    KAFKA(Lines.JOINED),
    /** Elasticsearch and Logstash. */
    ELASTICSEARCH(Lines.JOINED),
    /** A time in front and a message, as Go's {@code log} writes it. */
    DATED(Lines.JOINED),
    /** Our own usage event: an object, an array, or one object a line. */
    USAGE(Lines.SINGLE),
    /** The same in Avro, single-object encoded; one a record, which is never cut into lines. */
    AVRO_USAGE(Lines.BINARY),
    /** Calls of the Segment specification, as Segment's and RudderStack's libraries send them. */
    SEGMENT(Lines.SINGLE),
    /** Snowplow's tracker protocol: {@code payload_data}, or a pixel's query string. */
    SNOWPLOW(Lines.SINGLE),
    /** Matomo's tracking API: a query string, or {@code requests} in bulk. */
    MATOMO(Lines.SINGLE),
    /** The Measurement Protocol of Google Analytics 4. */
    GA4(Lines.SINGLE),
    /** PostHog's capture API. */
    POSTHOG(Lines.SINGLE),
    /** The intake of Elastic APM, as its agents and browsers send it: one object a line. */
    APM(Lines.SINGLE),
    /** A tracker's HTTP request as the collector writes it down. */
    REQUEST(Lines.SINGLE),
    /** The record is {@code message}, nothing else. */
    TEXT(Lines.JOINED);

    /** Whether lines are joined to records, and whether a format string says how they are written. */
    private enum Lines {
        SINGLE,
        BINARY,
        JOINED,
        DECLARED,
        DECLARED_JOINED
    }

    private final Lines lines;

    LogFormat(Lines lines) {
        this.lines = lines;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a format string can say how its lines are written. */
    public boolean isDeclarable() {
        return lines == Lines.DECLARED || lines == Lines.DECLARED_JOINED;
    }

    /** Whether it has continuation lines, such as stack traces. */
    public boolean isJoined() {
        return lines == Lines.JOINED || lines == Lines.DECLARED_JOINED;
    }

    /** Whether a record is no text, and so has no lines. */
    public boolean isBinary() {
        return lines == Lines.BINARY;
    }

    /** Whether a header line may say what the lines behind it hold. */
    public boolean hasHeaders() {
        return this == AUTO || this == W3C || this == CLOUDFRONT;
    }

    public static Optional<LogFormat> byLabel(String label) {
        for (LogFormat format : values()) {
            if (format.label().equals(label)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
