package io.sluice.ingest.parse.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.ingest.parse.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the string at a JSON pointer (RFC 6901). Stateless, safe to use from several threads. */
public final class JsonText {
    private final List<String> steps;

    private JsonText(List<String> steps) {
        this.steps = steps;
    }

    /**
     * For a pointer.
     *
     * @param pointer empty for the whole document, else beginning with {@code /}
     */
    public static JsonText at(String pointer) {
        return pointer.isEmpty()
                ? new JsonText(List.of())
                : new JsonText(Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList());
    }

    /** The text, or null if the record is no JSON, or has no string, or more than one, at the pointer. */
    public @Nullable String find(Bytes record) {
        try (JsonParser parser = JsonInput.open(record)) {
            Walk walk = new Walk(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return null;
            }
            walk.value(first, 0);
            return parser.nextToken() == null && walk.found == 1 ? walk.text : null;
        } catch (IOException e) {
            return null; // its text may quote the record, so it ends here
        }
    }

    /** Goes down the steps, passing over all else, and reads to the end, for only a whole line is JSON. */
    private final class Walk {
        private final JsonParser parser;
        private @Nullable String text;
        private int found;

        Walk(JsonParser parser) {
            this.parser = parser;
        }

        void value(JsonToken token, int step) throws IOException {
            if (step == steps.size()) {
                if (token == JsonToken.VALUE_STRING) {
                    text = JsonInput.wellFormed(parser.getText());
                }
                found++;
                parser.skipChildren();
            } else if (token == JsonToken.START_OBJECT) {
                object(step);
            } else if (token == JsonToken.START_ARRAY) {
                array(step);
            }
        }

        private void object(int step) throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return;
                }
                if (name.equals(steps.get(step))) {
                    value(token, step + 1);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void array(int step) throws IOException {
            int index = 0;
            for (JsonToken token = parser.nextToken();
                    token != null && token != JsonToken.END_ARRAY;
                    token = parser.nextToken()) {
                if (Integer.toString(index++).equals(steps.get(step))) {
                    value(token, step + 1);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
