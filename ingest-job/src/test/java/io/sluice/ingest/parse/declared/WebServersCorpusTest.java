package io.sluice.ingest.parse.declared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.enrich.ClientAddress;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.CorpusFiles;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Web logs of Filebeat's modules: nginx by declared formats, HAProxy, error logs; every compared field is equal. */
@Tag("corpora")
class WebServersCorpusTest {
    private static final List<String> COMPARED = List.of(
            "@timestamp",
            "source.address",
            "source.ip",
            "user.name",
            "http.request.method",
            "url.original",
            "http.version",
            "http.response.status_code",
            "http.response.body.bytes",
            "http.response.bytes",
            "http.request.referrer",
            "user_agent.original",
            "log.level",
            "message");
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "127.0.0.0/8", "204.246.1.1/32");
    private static final String REST =
            " - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    /** What the servers of these lines were told to write: the first that fits a line is its own. */
    private static final List<String> NGINX = List.of(
            "\"$http_x_forwarded_for\" $remote_addr" + REST,
            "$host $remote_addr" + REST,
            "$http_x_forwarded_for $remote_addr" + REST,
            "$proxy_add_x_forwarded_for" + REST,
            "$remote_addr" + REST + " \"$gzip_ratio\"");

    private int compared;

    @Test
    void nginxByDeclaredFormats() throws IOException {
        compare("nginx_access__test", NGINX);
        compare("nginx_access__access", NGINX);
        System.out.println("weblog-beats nginx: " + compared + " fields equal");
    }

    @Test
    void errorLogsAndHaproxy() throws IOException {
        for (String name : List.of(
                "nginx_error__error",
                "apache_error__test",
                "apache_error__ubuntu-2.2.22",
                "haproxy_log__httplog-no-headers")) {
            compare(name, List.of());
        }
        System.out.println("weblog-beats error logs and HAProxy: " + compared + " fields equal");
    }

    private void compare(String name, List<String> formats) throws IOException {
        SourceOptions options =
                SourceOptions.DEFAULT.withZone(ZoneOffset.ofHours(-2)).withTrustedProxies(PROXIES);
        Map<Integer, Event> byOffset = new HashMap<>();
        for (Bytes record : CorpusFiles.records(CorpusFiles.bytes("weblog-beats/" + name + ".log"), options)) {
            byOffset.put(record.from(), event(record, options, formats));
        }
        JsonNode expected =
                new ObjectMapper().readTree(CorpusFiles.bytes("weblog-beats/" + name + ".log-expected.json"));
        for (JsonNode one : expected) {
            Event event = byOffset.get(one.get("log.offset").asInt());
            assertNotNull(event, name + " at " + one.get("log.offset"));
            ClientAddress.behind(PROXIES).resolve(event);
            for (String field : COMPARED) {
                compare(name + " at " + one.get("log.offset") + ": " + field, field, one, event);
            }
        }
    }

    private static Event event(Bytes record, SourceOptions options, List<String> formats) {
        if (formats.isEmpty()) {
            Parsed parsed = Parsed.of(options, record);
            return parsed.events.isEmpty() ? null : parsed.events.get(0);
        }
        for (String format : formats) {
            Parsed parsed = new Parsed();
            LogParsers.forOptions(new SourceOptions(
                            LogFormat.NGINX,
                            format,
                            options.framing(),
                            options.dataset(),
                            options.zone(),
                            options.trustedProxies()))
                    .parse(record, parsed);
            if (!parsed.events.isEmpty() && isOwn(parsed.events.get(0), format)) {
                return parsed.events.get(0);
            }
        }
        return null;
    }

    /** A host with a dot in front, as in these lines; else the format with the list of proxies fits it too. */
    private static boolean isOwn(Event event, String format) {
        String host = event.text(FieldPath.of("destination.domain"));
        return !format.startsWith("$host") || host != null && host.contains("example");
    }

    private static boolean formatsAlike(JsonNode expected) {
        return !expected.path("event.dataset").asText().equals("nginx.access") || !expected.has("source.ip");
    }

    private void compare(String where, String field, JsonNode expected, Event event) {
        if (field.equals("http.response.bytes") && !expected.has(field)
                || field.equals("message") && !expected.has(field)) {
            return;
        }
        if (field.equals("source.address") && !formatsAlike(expected)) {
            return; // ours keeps the peer there, and has the client behind the proxies in source.ip
        }
        if (field.equals("@timestamp") && !expected.has(field)) {
            return; // HAProxy's module leaves the time to Filebeat
        }
        if (expected.path("url.original").isMissingNode() && field.equals("url.original")) {
            return; // a request line that is none, which ours keeps
        }
        if (expected.path("event.module").asText().equals("nginx")
                && expected.has("log.level")
                && !expected.has(field)) {
            return; // ours finds the client and the request in nginx's error log, the module does not
        }
        if (expected.path("event.module").asText().equals("apache")
                && expected.has("log.level")
                && !expected.has(field)) {
            return;
        }
        String wanted = expected.path(field).asText("");
        if (field.equals("@timestamp")) {
            wanted = OffsetDateTime.parse(wanted).toInstant().toString();
        }
        Value value = event.get(FieldPath.of(field));
        String got = value instanceof Value.Moment moment
                ? Instant.ofEpochMilli(moment.epochMilli()).toString()
                : value == null ? "" : Parsed.text(value);
        assertEquals(wanted.equals("-") ? "" : wanted.strip(), got, where);
        compared++;
    }
}
