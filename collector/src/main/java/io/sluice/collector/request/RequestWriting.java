package io.sluice.collector.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a request down as the boundary reads it: one JSON object on one line.
 *
 * <p>Guarantees: of its headers none but the listed ones is written, of its cookies none but the opt-out cookie, of its
 * parameters no secret. With {@code SP-Anonymous} no address is written.
 *
 * @param optOutCookie name of the cookie by which a visitor says no
 */
public record RequestWriting(String optOutCookie) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final String ANONYMOUS = "sp-anonymous";

    private static final List<String> HEADERS = List.of(
            "sec-gpc",
            "dnt",
            ANONYMOUS,
            "user-agent",
            "referer",
            "origin",
            "accept-language",
            "sec-ch-ua",
            "sec-ch-ua-mobile",
            "sec-ch-ua-platform",
            "sec-ch-ua-platform-version",
            "sec-ch-ua-model",
            "sec-ch-ua-full-version-list");
    private static final List<String> WAY = List.of("x-forwarded-for", "forwarded");
    /** Parameters with which a sender shows that it may. */
    private static final Set<String> SECRETS = Set.of("token_auth", "api_secret", "writekey", "write_key");

    /** The bytes of a request that came by an endpoint. */
    public byte[] write(Endpoint endpoint, ReceivedRequest request, Instant receivedAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(request.body().length + 512);
        boolean anonymous = !request.header(ANONYMOUS).isEmpty();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("sluice_request", 1);
            json.writeStringField("format", endpoint.format());
            json.writeStringField("received_at", TIME.format(receivedAt));
            if (!anonymous) {
                json.writeStringField("peer", request.peer());
            }
            json.writeStringField("method", endpoint.method());
            json.writeStringField("path", endpoint.path());
            json.writeStringField("query", withoutSecrets(request.query()));
            json.writeObjectFieldStart("headers");
            for (String name : HEADERS) {
                header(json, name, request.header(name));
            }
            if (!anonymous) {
                for (String name : WAY) {
                    header(json, name, request.header(name));
                }
            }
            header(json, "cookie", optOut(request.header("cookie")));
            json.writeEndObject();
            json.writeStringField("body", new String(request.body(), StandardCharsets.UTF_8));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be written", e);
        }
        return bytes.toByteArray();
    }

    private static void header(JsonGenerator json, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    private List<String> optOut(List<String> cookies) {
        List<String> kept = new ArrayList<>();
        for (String line : cookies) {
            for (String cookie : line.split(";", -1)) {
                String pair = cookie.strip();
                if (pair.startsWith(optOutCookie + "=")) {
                    // What it says is yes or no; a longer value is not ours and may be anything.
                    kept.add(pair.length() > optOutCookie.length() + 9 ? optOutCookie + "=1" : pair);
                }
            }
        }
        return kept;
    }

    private static String withoutSecrets(String query) {
        StringBuilder kept = new StringBuilder(query.length());
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
                kept.append(kept.length() == 0 ? "" : "&").append(parameter);
            }
        }
        return kept.toString();
    }
}
