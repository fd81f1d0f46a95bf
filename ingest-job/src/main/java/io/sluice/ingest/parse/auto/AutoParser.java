package io.sluice.ingest.parse.auto;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Explanation;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.apache.ApacheErrorParser;
import io.sluice.ingest.parse.apm.ApmParser;
import io.sluice.ingest.parse.application.Dialects;
import io.sluice.ingest.parse.aws.AlbParser;
import io.sluice.ingest.parse.envelope.Unwrapping;
import io.sluice.ingest.parse.haproxy.HaproxyParser;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.jsonlog.JsonLogParser;
import io.sluice.ingest.parse.klog.KlogParser;
import io.sluice.ingest.parse.logfmt.LogfmtParser;
import io.sluice.ingest.parse.ncsa.NcsaParser;
import io.sluice.ingest.parse.ncsa.VhostParser;
import io.sluice.ingest.parse.nginx.NginxErrorParser;
import io.sluice.ingest.parse.postgresql.PostgresqlParser;
import io.sluice.ingest.parse.rails.RailsParser;
import io.sluice.ingest.parse.request.RequestParser;
import io.sluice.ingest.parse.request.Trackers;
import io.sluice.ingest.parse.syslog.SyslogParser;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.ingest.parse.text.TextParser;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.ingest.parse.usage.UsageParser;
import io.sluice.ingest.parse.w3c.W3cParser;
import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides the format record by record, from the bytes alone, in this order:
 *
 * <ol>
 *   <li>A W3C header line ({@code #Fields:} and its like) is a header; a line below one in the same record is read by
 *       it, if it fits.
 *   <li>What begins as JSON (a brace, a bracket, a quote) or is a lone JSON scalar is JSON. An object with the names of
 *       a tracker's payload ({@link TrackerShape}) is one, and so is one with those of an APM agent's line. An object with a text as {@code type} is a usage event, unless it is a log event that has a {@code type} too, and so are its
 *       neighbours in an array or in lines; any other JSON is read by the names it has ({@link JsonLogParser}). What
 *       begins as JSON and is none is rejected, unless it is a log line that begins with a word in brackets.
 *   <li>What begins as an access log ({@link NcsaParser}) is one, with its virtual host in front or without, or is
 *       rejected.
 *   <li>The formats of {@link #recognizers}, the narrower before the wider.
 *   <li>What has a piece of an access log in it (its time in brackets, a request's end) is rejected: it holds a path and
 *       a person's traces that the text's rules would not look for.
 *   <li>A time in front of anything is a log line.
 *   <li>Anything else with a letter in it is text, and the rest is rejected.
 * </ol>
 *
 * The line in a shipper's envelope, and a message of syslog that holds JSON or an access log, is decided in the same way.
 */
public final class AutoParser implements LogParser {
    /** How many envelopes may stand inside each other. */
    private static final int MAX_ENVELOPES = 4;

    private static final Explanation HEADER = new Explanation("w3c", "it is a header line");
    private static final Explanation BELOW_HEADER =
            new Explanation("w3c", "it stands below a header line that fits it");
    private static final Explanation USAGE = new Explanation("usage", "it is JSON with a type");
    private static final Explanation APM = new Explanation("apm", "it is JSON with the names of an APM agent's line");
    private static final Explanation ACCESS = new Explanation("common", "it begins with a host and a time in brackets");
    private static final Explanation VHOST =
            new Explanation("vhost", "a virtual host stands before a host and a time in brackets");
    private static final Explanation PIECE =
            new Explanation("none", "it has a piece of an access log in it and is none");
    private static final Explanation TEXT = new Explanation("text", "nothing but letters tells what it is");
    private static final Explanation NOTHING = new Explanation("none", "no letter is in it");
    private static final Explanation NO_JSON = new Explanation("none", "it begins as JSON and is none");

    private final JsonReader reader;
    private final JsonLogParser json;
    private final UsageParser usage;
    private final Map<LogFormat, TrackerParser> trackers;
    private final RequestParser request;
    private final ApmParser apm;
    private final NcsaParser ncsa;
    private final VhostParser vhost;
    private final W3cParser w3c = W3cParser.of(null);
    private final List<Recognizer> recognizers;
    private final HaproxyParser haproxy;
    private final SyslogParser syslog;
    private final Recognizer dated;
    private final TextParser text = new TextParser();

    public AutoParser(SourceOptions options, ParseLimits limits) {
        this(options, limits, 0);
    }

    private AutoParser(SourceOptions options, ParseLimits limits, int depth) {
        Inner inner = new Inner(options, limits, depth + 1);
        this.reader = new JsonReader(limits);
        this.json = new JsonLogParser(options.zone(), limits, inner);
        this.usage = new UsageParser(options, limits);
        this.trackers = Trackers.of(options, limits);
        this.request = new RequestParser(options, limits);
        this.apm = new ApmParser(options, limits);
        this.ncsa = NcsaParser.common(options);
        this.vhost = new VhostParser(options);
        this.syslog = new SyslogParser(options.zone(), inner);
        this.haproxy = new HaproxyParser(options.zone());
        this.recognizers = recognizers(options, limits, haproxy, syslog);
        this.dated = Dialects.dated(options.zone());
    }

    /** The formats that tell themselves, in the order in which they are tried. */
    private static List<Recognizer> recognizers(
            SourceOptions options, ParseLimits limits, HaproxyParser haproxy, SyslogParser syslog) {
        return List.of(
                haproxy,
                new AlbParser(),
                new RailsParser(options.zone()),
                new NginxErrorParser(options.zone()),
                new ApacheErrorParser(options.zone()),
                new KlogParser(options.zone()),
                new PostgresqlParser(options.zone()),
                Dialects.elasticsearch(options.zone()),
                Dialects.kafka(options.zone()),
                Dialects.java(options.zone()),
                Dialects.python(options.zone()),
                Dialects.mysql(options.zone()),
                Dialects.levelled(options.zone()),
                syslog,
                new LogfmtParser(options.zone(), limits));
    }

    /** Parses the line in an envelope; made when the first envelope comes. */
    private static final class Inner implements Unwrapping.Inner {
        private final SourceOptions options;
        private final ParseLimits limits;
        private final int depth;
        private volatile @Nullable AutoParser parser;

        Inner(SourceOptions options, ParseLimits limits, int depth) {
            this.options = options;
            this.limits = limits;
            this.depth = depth;
        }

        @Override
        public void parse(Bytes line, ParseSink into) {
            if (depth > MAX_ENVELOPES) {
                into.reject(Reason.TOO_DEEP);
                return;
            }
            AutoParser made = parser;
            if (made == null) {
                made = new AutoParser(options, limits, depth);
                parser = made;
            }
            if (line.length() == 0) {
                into.reject(Reason.UNPARSEABLE);
            } else {
                made.parse(line, into);
            }
        }
    }

    @Override
    public LogFormat format() {
        return LogFormat.AUTO;
    }

    /** The part that reads JSON lines, as a format of its own. */
    public LogParser json() {
        return json;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        explain(record, into);
    }

    @Override
    public Explanation explain(Bytes record, ParseSink into) {
        if (Shape.isHeader(record)) {
            return header(record, into);
        }
        return Shape.beginsLikeJson(record) ? json(record, into) : lines(record, into);
    }

    private Explanation header(Bytes record, ParseSink into) {
        int below = Shape.behindHeaders(record);
        if (below == record.length()) {
            into.header();
            return HEADER;
        }
        FirstTry first = new FirstTry(into.texts());
        w3c.parse(record, first);
        if (first.event != null && first.reason == null && !Shape.hasLineEnd(record, below)) {
            into.event(first.event);
            return BELOW_HEADER;
        }
        if (Shape.hasLineEnd(record, below)) {
            w3c.parse(record, into);
            return BELOW_HEADER;
        }
        return explain(record.slice(below, record.length()), into);
    }

    private Explanation json(Bytes record, ParseSink into) {
        JsonRecord read = reader.read(record);
        if (read.failure() == Reason.INVALID_JSON && Shape.beginsWithWordInBrackets(record)) {
            return lines(record, into);
        }
        if (read.failure() != null) {
            into.reject(read.failure());
            return NO_JSON;
        }
        LogFormat tracker = TrackerShape.of(reader, read, record);
        if (tracker != null) {
            LogParser parser = tracker == LogFormat.REQUEST ? request : trackers.get(tracker);
            if (parser != null) {
                parser.parse(record, into);
                return new Explanation(tracker.label(), "it is JSON with the names of this tracker");
            }
        }
        if (isApm(read)) {
            apm.parse(read, into);
            return APM;
        }
        if (read.elements().stream().anyMatch(AutoParser::isUsage)) {
            usage.parse(read, into);
            return USAGE;
        }
        json.parse(read, record, into);
        String kind = read.elements().isEmpty()
                ? "other"
                : JsonLogParser.kind(read.elements().get(0));
        return new Explanation("json", "it is JSON with the names of: " + kind);
    }

    /** A line of an agent, or its stream: all in one record are of it if the first is. */
    private static boolean isApm(JsonRecord read) {
        return read.form() != JsonRecord.Form.ARRAY
                && !read.elements().isEmpty()
                && read.elements().get(0).value() instanceof Value.Members first
                && ApmParser.isLine(first.members());
    }

    private static boolean isUsage(JsonElement element) {
        return UsageParser.isUsage(element) && !JsonLogParser.isLogWithType(element);
    }

    private Explanation lines(Bytes record, ParseSink into) {
        FirstTry first = new FirstTry(into.texts());
        if (ncsa.parseIfAccessLog(record, first)) {
            return access(record, first, into);
        }
        Bytes clean = Clean.bytes(record);
        for (Recognizer recognizer : recognizers) {
            if (recognizer.tryParse(clean, into)) {
                return new Explanation(recognizer.format().label(), recognizer.because());
            }
        }
        if (Shape.hasPieceOfAccessLog(clean)) {
            into.reject(Reason.UNPARSEABLE);
            return PIECE;
        }
        if (!Shape.hasLetter(clean)) {
            into.reject(Reason.UNPARSEABLE);
            return NOTHING;
        }
        if (dated.tryParse(clean, into)) {
            return new Explanation(dated.format().label(), dated.because());
        }
        text.parse(clean, into);
        return TEXT;
    }

    private Explanation access(Bytes record, FirstTry first, ParseSink into) {
        if (first.event != null) {
            into.event(first.event);
            return ACCESS;
        }
        FirstTry second = new FirstTry(into.texts());
        vhost.parse(record, second);
        if (second.event != null) {
            into.event(second.event);
            return VHOST;
        }
        // A time as NCSA writes it also stands in HAProxy's lines, and anything may be a message of syslog.
        Bytes clean = Clean.bytes(record);
        for (Recognizer recognizer : List.of(haproxy, syslog)) {
            if (recognizer.tryParse(clean, into)) {
                return new Explanation(recognizer.format().label(), recognizer.because());
            }
        }
        into.reject(first.reason == null ? Reason.UNPARSEABLE : first.reason);
        return ACCESS;
    }
}
