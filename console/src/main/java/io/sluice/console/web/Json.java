package io.sluice.console.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** JSON as the API reads and writes it: times as ISO instants, enums as {@code in-force}, nothing as absent. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(new EnumWords()))
            .build();

    private Json() {}

    /** Answers with the value. */
    static void answer(Context context, int status, Object value) {
        try {
            context.status(status)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .result(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
    }

    /** Answers with a sentence that says what is wrong. */
    static void error(Context context, int status, String sentence) {
        answer(context, status, Map.of("error", sentence));
    }

    /**
     * The request's object.
     *
     * @throws ApiRefusal if it is none
     */
    static JsonNode request(Context context) {
        requireJson(context);
        return object(context.bodyAsBytes());
    }

    /**
     * The request's object, which may be larger than others are.
     *
     * @param most how many bytes it may have
     * @throws ApiRefusal if it is none, or larger
     */
    static JsonNode request(Context context, int most) {
        requireJson(context);
        byte[] body;
        try {
            body = context.bodyInputStream().readNBytes(most + 1);
        } catch (IOException e) {
            throw new ApiRefusal(400, "The request broke off.");
        }
        if (body.length > most) {
            throw new ApiRefusal(413, "The request is too large.");
        }
        return object(body);
    }

    private static void requireJson(Context context) {
        String type = Optional.ofNullable(context.header("Content-Type")).orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ApiRefusal(415, "The request must be JSON, with Content-Type: application/json.");
        }
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Its text would repeat the request.
            throw new ApiRefusal(400, "The request is no JSON.");
        }
        throw new ApiRefusal(400, "The request must be a JSON object.");
    }

    /** A member's text; refuses a request without it. */
    static String text(JsonNode request, String name) {
        JsonNode value = request.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new ApiRefusal(400, "The request needs the text " + name + ".");
        }
        return value.textValue();
    }

    private static final class EnumWords extends StdSerializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        EnumWords() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
