package io.sluice.ingest.parse.jsonlog;

import static java.util.Map.entry;

import io.sluice.ingest.parse.declared.Addresses;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The access logs that proxies and servers write as JSON: what each calls the fields. */
enum AccessShape {
    /** https://caddyserver.com/docs/caddyfile/directives/log: times in seconds, headers as lists. */
    CADDY(
            List.of("request.method", "request.uri", "status"),
            Map.ofEntries(
                    entry("ts", Meaning.TIME),
                    entry("request.remote_ip", Meaning.ADDRESS),
                    entry("request.remote_addr", Meaning.ADDRESS_AND_PORT),
                    entry("request.remote_port", Meaning.number("source.port")),
                    entry("request.method", Meaning.field(Fields.HTTP_METHOD)),
                    entry("request.uri", Meaning.field(Fields.URL_ORIGINAL)),
                    entry("request.proto", Meaning.PROTOCOL),
                    entry("request.host", Meaning.field(FieldPath.of("destination.domain"))),
                    entry("status", Meaning.number(Fields.HTTP_STATUS.name())),
                    entry("size", Meaning.number(Fields.HTTP_BYTES.name())),
                    entry("bytes_read", Meaning.number("http.request.body.bytes")),
                    entry("duration", Meaning.SECONDS),
                    entry("user_id", Meaning.field(Fields.USER_NAME))),
            "request.headers."),
    /** https://doc.traefik.io/traefik/observability/access-logs/: fields of the format {@code json}. */
    TRAEFIK(
            List.of("RequestMethod", "RequestPath"),
            Map.ofEntries(
                    entry("StartUTC", Meaning.TIME),
                    entry("ClientHost", Meaning.ADDRESS),
                    entry("ClientPort", Meaning.number("source.port")),
                    entry("ClientUsername", Meaning.field(Fields.USER_NAME)),
                    entry("RequestMethod", Meaning.field(Fields.HTTP_METHOD)),
                    entry("RequestPath", Meaning.field(Fields.URL_ORIGINAL)),
                    entry("RequestProtocol", Meaning.PROTOCOL),
                    entry("RequestHost", Meaning.field(FieldPath.of("destination.domain"))),
                    entry("RequestContentSize", Meaning.number("http.request.body.bytes")),
                    entry("DownstreamStatus", Meaning.number(Fields.HTTP_STATUS.name())),
                    entry("DownstreamContentSize", Meaning.number(Fields.HTTP_BYTES.name())),
                    entry("Duration", Meaning.number("event.duration"))),
            "request_"),
    /** https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage: default names. */
    ENVOY(
            List.of("method", "path", "response_code", "start_time"),
            Map.ofEntries(
                    entry("start_time", Meaning.TIME),
                    entry("downstream_remote_address", Meaning.ADDRESS_AND_PORT),
                    entry("downstream_remote_address_without_port", Meaning.ADDRESS),
                    entry("x_forwarded_for", Meaning.field(FieldPath.of(Fields.HTTP_HEADERS + ".x-forwarded-for"))),
                    entry("method", Meaning.field(Fields.HTTP_METHOD)),
                    entry("path", Meaning.field(Fields.URL_ORIGINAL)),
                    entry("protocol", Meaning.PROTOCOL),
                    entry("authority", Meaning.field(FieldPath.of("destination.domain"))),
                    entry("response_code", Meaning.number(Fields.HTTP_STATUS.name())),
                    entry("bytes_sent", Meaning.number(Fields.HTTP_BYTES.name())),
                    entry("bytes_received", Meaning.number("http.request.body.bytes")),
                    entry("duration", Meaning.MILLISECONDS),
                    entry("referer", Meaning.field(Fields.HTTP_REFERRER)),
                    entry("user_agent", Meaning.field(Fields.USER_AGENT)),
                    entry("request_id", Meaning.field(FieldPath.of("http.request.id")))),
            "request_headers.");

    private static final Value PROVIDER = new Value.Text("access-log");
    private static final Value VISIBLE = new Value.Flag(true);
    private static final FieldPath DURATION = FieldPath.of("event.duration");
    private static final FieldPath X_FORWARDED_FOR = FieldPath.of(Fields.HTTP_HEADERS + ".x-forwarded-for");
    private static final Map<String, FieldPath> HEADERS = Map.of(
            "user-agent", Fields.USER_AGENT,
            "referer", Fields.HTTP_REFERRER,
            "accept-language", Fields.USER_AGENT_LANGUAGE);

    private final List<String> required;
    private final Map<String, Meaning> meanings;
    private final String headers;

    AccessShape(List<String> required, Map<String, Meaning> meanings, String headers) {
        this.required = required;
        this.meanings = meanings;
        this.headers = headers;
    }

    /** The shape of an object, or null if it is none of these. */
    static @Nullable AccessShape of(Map<String, Value> members) {
        for (AccessShape shape : values()) {
            if (members.keySet().containsAll(shape.required)) {
                return shape;
            }
        }
        return null;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The event, or null if a value is none that its name allows. */
    @Nullable
    Event event(Map<String, Value> members, ZoneId zone) {
        Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
        boolean good = true;
        for (Map.Entry<String, Value> member : members.entrySet()) {
            Meaning meaning = meanings.get(member.getKey());
            if (meaning != null) {
                good &= meaning.set(event, member.getValue(), zone);
            } else if (member.getKey().startsWith(headers)) {
                header(event, member.getKey().substring(headers.length()), member.getValue());
            } else {
                event.set(FieldPath.of("extra." + member.getKey()), member.getValue());
            }
        }
        if (this == CADDY) {
            // It logs every request header.
            event.set(Fields.SIGNALS_VISIBLE, VISIBLE);
        }
        String way = event.text(X_FORWARDED_FOR);
        if (way != null && !event.has(Fields.SOURCE_ADDRESS)) {
            Addresses.set(event, way.substring(way.lastIndexOf(',') + 1).trim());
        }
        return good ? event : null;
    }

    private static void header(Event event, String name, Value value) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '-');
        Value single = value instanceof Value.Items items && items.items().size() == 1
                ? items.items().get(0)
                : value;
        event.set(HEADERS.getOrDefault(lower, FieldPath.of(Fields.HTTP_HEADERS + "." + lower)), single);
    }

    /** What a value means. */
    private interface Meaning {
        /** False if the value is none. */
        boolean set(Event event, Value value, ZoneId zone);

        Meaning TIME = (event, value, zone) -> JsonTime.set(event, value, zone);
        Meaning ADDRESS = (event, value, zone) -> {
            if (value instanceof Value.Text text) {
                Addresses.set(event, text.text());
            }
            return value instanceof Value.Text;
        };
        Meaning ADDRESS_AND_PORT = (event, value, zone) -> {
            if (value instanceof Value.Text text) {
                Addresses.setWithPort(event, text.text());
            }
            return value instanceof Value.Text;
        };
        Meaning PROTOCOL = (event, value, zone) -> {
            if (value instanceof Value.Text text) {
                event.set(Fields.HTTP_VERSION, text.text().replace("HTTP/", ""));
            }
            return true;
        };
        Meaning SECONDS = duration(1e9);
        Meaning MILLISECONDS = duration(1e6);

        static Meaning field(FieldPath path) {
            return (event, value, zone) -> {
                event.set(path, value);
                return value instanceof Value.Text;
            };
        }

        static Meaning number(String name) {
            FieldPath path = FieldPath.of(name);
            return (event, value, zone) -> {
                if (value instanceof Value.Whole whole && whole.number() >= 0) {
                    event.set(path, value);
                    return true;
                }
                return setDigits(event, path, value);
            };
        }

        private static boolean setDigits(Event event, FieldPath path, Value value) {
            boolean digits = value instanceof Value.Text text && text.text().matches("[0-9]{1,18}");
            if (digits && value instanceof Value.Text text) {
                event.set(path, Long.parseLong(text.text()));
            }
            return digits || value instanceof Value.Text text && text.text().equals("-");
        }

        private static Meaning duration(double nanos) {
            return (event, value, zone) -> {
                double number = value instanceof Value.Whole whole
                        ? (double) whole.number()
                        : value instanceof Value.Decimal decimal ? decimal.number() : -1;
                if (number >= 0 && number < 1e9) {
                    event.set(DURATION, Math.round(number * nanos));
                }
                return true;
            };
        }
    }
}
