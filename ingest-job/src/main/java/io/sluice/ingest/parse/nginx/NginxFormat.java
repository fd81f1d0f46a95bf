package io.sluice.ingest.parse.nginx;

import static java.util.Map.entry;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.DeclaredParser;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a {@code log_format} of nginx.
 *
 * <p>Taken are the bare format, the quoted pieces of a configuration file, the whole directive
 * {@code log_format name escape=json '…' '…';}, and {@code combined}, which nginx knows by itself. Variables are those
 * of the modules http_core, log, upstream, proxy, realip, ssl, geoip and gzip
 * (https://nginx.org/en/docs/varindex.html); any other, such as one made by {@code map}, stands below
 * {@code extra.nginx}, where no rule keeps it.
 */
public final class NginxFormat {
    /** The format that nginx knows as {@code combined}. */
    private static final String COMBINED =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
                    + "\"$http_referer\" \"$http_user_agent\"";

    private static final FieldPath DURATION = FieldPath.of("event.duration");
    private static final long SECOND = 1_000_000_000L;

    private static final Map<String, Slot> VARIABLES = Map.ofEntries(
            entry("remote_addr", new Slot.Address()),
            entry("proxy_add_x_forwarded_for", new Slot.Address()),
            entry("remote_port", new Slot.Whole(FieldPath.of("source.port"))),
            entry("remote_user", new Slot.User()),
            entry("time_local", new Slot.NcsaMoment()),
            entry("time_iso8601", new Slot.Moment(TimePattern.strftime("%Y-%m-%dT%H:%M:%S%z"))),
            entry("msec", new Slot.Epoch(SECOND)),
            entry("request", new Slot.Request()),
            entry("request_method", new Slot.Word(Fields.HTTP_METHOD, ByteClass.WORD)),
            entry("request_uri", new Slot.Uri()),
            entry("uri", new Slot.Path()),
            entry("document_uri", new Slot.Path()),
            entry("args", new Slot.Query(false)),
            entry("query_string", new Slot.Query(false)),
            entry("is_args", new Slot.QuestionMark()),
            entry("scheme", new Slot.Word(FieldPath.of("url.scheme"), ByteClass.LETTERS)),
            entry("host", new Slot.Word(FieldPath.of("destination.domain"), ByteClass.HOST)),
            entry("http_host", new Slot.Word(FieldPath.of("destination.domain"), ByteClass.HOST)),
            entry("server_name", new Slot.Word(FieldPath.of("server.domain"), ByteClass.HOST)),
            entry("server_addr", new Slot.Word(FieldPath.of("destination.ip"), ByteClass.HOST)),
            entry("server_port", new Slot.Whole(FieldPath.of("destination.port"))),
            entry("server_protocol", new Slot.Protocol()),
            entry("status", new Slot.Status()),
            entry("body_bytes_sent", new Slot.Whole(Fields.HTTP_BYTES)),
            entry("bytes_sent", new Slot.Whole(FieldPath.of("http.response.bytes"))),
            entry("request_length", new Slot.Whole(FieldPath.of("http.request.bytes"))),
            entry("content_length", new Slot.Whole(FieldPath.of("http.request.body.bytes"))),
            entry("content_type", new Slot.Text(FieldPath.of("http.request.mime_type"))),
            entry("request_time", new Slot.Duration(DURATION, SECOND)),
            entry("request_id", new Slot.Word(FieldPath.of("http.request.id"), ByteClass.WORD)),
            entry("http_referer", new Slot.Text(Fields.HTTP_REFERRER)),
            entry("http_user_agent", new Slot.Text(Fields.USER_AGENT)),
            entry("http_accept_language", new Slot.Text(Fields.USER_AGENT_LANGUAGE)),
            entry("sent_http_content_type", new Slot.Text(FieldPath.of("http.response.mime_type"))),
            entry("connection", new Slot.Whole(FieldPath.of("extra.nginx.connection"))),
            entry("connection_requests", new Slot.Whole(FieldPath.of("extra.nginx.connection_requests"))),
            entry("pid", new Slot.Whole(FieldPath.of("process.pid"))),
            entry("hostname", new Slot.Word(FieldPath.of("host.hostname"), ByteClass.HOST)),
            entry("pipe", new Slot.Skipped(ByteClass.WORD)),
            entry("ssl_protocol", new Slot.Word(FieldPath.of("tls.version"), ByteClass.WORD)),
            entry("ssl_cipher", new Slot.Word(FieldPath.of("tls.cipher"), ByteClass.WORD)));

    private final String text;
    private final DeclaredFormat.Builder builder = new DeclaredFormat.Builder();
    private Escape escape = Escape.BACKSLASH;

    private NginxFormat(String text) {
        this.text = text;
    }

    /**
     * The compiled format.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static DeclaredFormat compile(String logFormat) {
        return new NginxFormat(logFormat).compile();
    }

    /**
     * A parser of such lines.
     *
     * @param logFormat null for nginx's own {@code combined}
     * @throws IllegalArgumentException saying what is wrong with the format
     */
    public static LogParser parser(@Nullable String logFormat, ZoneId zone) {
        return new DeclaredParser(LogFormat.NGINX, compile(logFormat == null ? COMBINED : logFormat), zone);
    }

    private DeclaredFormat compile() {
        String format = text;
        if (format.strip().equals("combined")) {
            format = COMBINED;
        }
        if (format.stripLeading().startsWith("log_format ")) {
            String arguments = format.strip().substring("log_format ".length()).strip();
            format = arguments.substring(Math.max(arguments.indexOf(' '), 0)).strip();
        }
        format = withoutEscape(format);
        variables(isQuoted(format.strip()) ? unquoted(format.strip()) : format);
        return builder.build(escape);
    }

    private String withoutEscape(String format) {
        if (!format.startsWith("escape=")) {
            return format;
        }
        int end = format.indexOf(' ');
        String name = end < 0 ? format.substring(7) : format.substring(7, end);
        escape = switch (name) {
            case "default" -> Escape.BACKSLASH;
            case "json" -> Escape.JSON;
            case "none" -> Escape.NONE;
            default -> throw new IllegalArgumentException("escape is default, json or none");
        };
        return end < 0 ? "" : format.substring(end).stripLeading();
    }

    /** Whether it is written as in a configuration file; a bare format may begin with a quote, but not end so. */
    private static boolean isQuoted(String format) {
        return format.startsWith("'") && (format.endsWith("'") || format.endsWith("';"))
                || format.startsWith("\"") && format.endsWith("\";");
    }

    /** The text of quoted pieces, one behind the other; a backslash takes a quote or another backslash along. */
    private static String unquoted(String format) {
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (quote == 0) {
                quote = c == '\'' || c == '"' ? c : 0;
            } else if (c == '\\' && i + 1 < format.length() && "'\"\\".indexOf(format.charAt(i + 1)) >= 0) {
                out.append(format.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            } else {
                out.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote of the format is not closed");
        }
        return out.toString();
    }

    private void variables(String format) {
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            if (c != '$') {
                builder.literal(String.valueOf(c));
                i++;
                continue;
            }
            boolean braces = i + 1 < format.length() && format.charAt(i + 1) == '{';
            int from = braces ? i + 2 : i + 1;
            int to = from;
            while (to < format.length() && isName(format.charAt(to))) {
                to++;
            }
            if (to == from || (braces && (to == format.length() || format.charAt(to) != '}'))) {
                throw new IllegalArgumentException("a $ is followed by the name of a variable");
            }
            builder.slot(slot(format.substring(from, to).toLowerCase(Locale.ROOT)));
            i = braces ? to + 1 : to;
        }
    }

    private static boolean isName(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static Slot slot(String name) {
        Slot known = VARIABLES.get(name);
        if (known != null) {
            return known;
        }
        if (name.startsWith("http_")) {
            return Slot.header(name.substring(5).replace('_', '-'));
        }
        if (name.startsWith("sent_http_")) {
            return Slot.responseHeader(name.substring(10).replace('_', '-'));
        }
        if (name.startsWith("cookie_")) {
            return new Slot.Cookie(name.substring(7));
        }
        return name.startsWith("upstream_") && !name.startsWith("upstream_http_")
                ? new Slot.Tries(FieldPath.of("extra.nginx." + name))
                : Slot.extra("nginx." + name);
    }
}
