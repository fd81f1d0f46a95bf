package io.sluice.infra.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Writes what a page says to the tracker as a usage event, one JSON object. */
final class UsageEvent {
    private static final JsonFactory JSON = new JsonFactory();

    private UsageEvent() {}

    /** The event of a hit whose page says something. */
    static byte[] of(Hit hit, Hit.Said said, long millis, Dice dice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", said.action());
            json.writeStringField(
                    "timestamp",
                    Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("id", Disguise.token(dice));
            writePerson(json, hit.visitor());
            writePage(json, hit, said);
            writeContext(json, hit.visitor());
            writeChoice(json, hit.visitor(), dice);
            writeProps(json, said.props());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array refused bytes", e);
        }
        return bytes.toByteArray();
    }

    private static void writePerson(JsonGenerator json, Visitor visitor) throws IOException {
        Visitor.User user = visitor.user();
        if (user != null) {
            json.writeObjectFieldStart("user");
            json.writeStringField("id", user.id());
            json.writeStringField("email", user.email());
            json.writeEndObject();
            json.writeObjectFieldStart("account");
            json.writeStringField("id", user.practice());
            json.writeEndObject();
        }
        json.writeStringField("anonymous_id", visitor.device());
    }

    private static void writePage(JsonGenerator json, Hit hit, Hit.Said said) throws IOException {
        json.writeObjectFieldStart("page");
        json.writeStringField("url", hit.site().origin() + hit.target());
        if (!hit.referrer().equals("-")) {
            json.writeStringField("referrer", hit.referrer());
        }
        json.writeStringField("title", said.title());
        if (!said.search().isEmpty()) {
            json.writeStringField("search", said.search());
        }
        json.writeEndObject();
    }

    private static void writeContext(JsonGenerator json, Visitor visitor) throws IOException {
        json.writeObjectFieldStart("context");
        json.writeStringField("ip", visitor.address());
        json.writeStringField("user_agent", visitor.agent());
        json.writeStringField("locale", visitor.language());
        json.writeStringField("screen", visitor.screen());
        json.writeEndObject();
    }

    private static void writeChoice(JsonGenerator json, Visitor visitor, Dice dice) throws IOException {
        if (visitor.choice() == Visitor.Choice.FLAG) {
            json.writeObjectFieldStart("consent");
            json.writeBooleanField("opt_out", true);
            json.writeEndObject();
        }
        json.writeObjectFieldStart("headers");
        writeHeader(json, "Accept-Language", visitor.language() + ",en;q=0.5");
        switch (visitor.choice()) {
            case COOKIE -> writeHeader(json, "Cookie", "sid=" + Disguise.token(dice) + "; analytics_opt_out=1");
            case GPC -> writeHeader(json, "Sec-GPC", "1");
            case DNT -> writeHeader(json, "DNT", "1");
            default -> {
                if (dice.in1000(100)) {
                    writeHeader(json, "Authorization", "Bearer " + Disguise.token(dice));
                }
            }
        }
        json.writeEndObject();
    }

    private static void writeHeader(JsonGenerator json, String name, String value) throws IOException {
        json.writeArrayFieldStart(name);
        json.writeString(value);
        json.writeEndArray();
    }

    private static void writeProps(JsonGenerator json, Map<String, Object> props) throws IOException {
        if (props.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("props");
        // In the order of their names: a map's own order differs from run to run.
        for (Map.Entry<String, Object> prop : new java.util.TreeMap<>(props).entrySet()) {
            json.writeFieldName(prop.getKey());
            Object value = prop.getValue();
            if (value instanceof Integer number) {
                json.writeNumber(number);
            } else if (value instanceof Boolean flag) {
                json.writeBoolean(flag);
            } else {
                json.writeString(value.toString());
            }
        }
        json.writeEndObject();
    }
}
