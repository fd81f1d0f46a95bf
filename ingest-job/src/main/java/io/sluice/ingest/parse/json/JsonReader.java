package io.sluice.ingest.parse.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record as JSON: one value, an array whose elements are events, or one object a line.
 *
 * <p>A record is JSON from its first byte to its last or it is none: after a fault in the syntax nothing of it is taken.
 * The limits for depth and fields hold for each element, and an element above them fails alone. Absent values (null,
 * empty text, {@code -}) are left out of objects and arrays. Stateless, safe to use from several threads.
 */
public final class JsonReader {
    private static final Value ABSENT = new Value.Flag(false);

    private final ParseLimits limits;

    public JsonReader(ParseLimits limits) {
        this.limits = limits;
    }

    /** The values of the record, or the reason why it is no JSON. */
    public JsonRecord read(Bytes record) {
        try (JsonParser parser = JsonInput.open(record)) {
            return root(parser);
        } catch (StreamConstraintsException e) {
            return JsonRecord.failed(Reason.TOO_DEEP); // the only constraint that JsonInput sets
        } catch (IOException e) {
            return JsonRecord.failed(Reason.INVALID_JSON); // its text may quote the record, so it ends here
        }
    }

    /**
     * The values of a record that is a batch: the elements of its root array, or those of the one array of this name in
     * its root object, each within the limits by itself; what stands beside that array is one element more.
     */
    public JsonBatch batch(Bytes record, Set<String> names) {
        try (JsonParser parser = JsonInput.open(record)) {
            JsonToken first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return JsonBatch.failed(Reason.INVALID_JSON);
            }
            Element root = new Element(parser, names);
            JsonElement outer = first == JsonToken.START_OBJECT ? root.read(first) : null;
            if (outer == null) {
                root.items("");
            }
            return parser.nextToken() == null
                    ? new JsonBatch(outer, root.batchName, root.batch, null)
                    : JsonBatch.failed(Reason.INVALID_JSON);
        } catch (StreamConstraintsException e) {
            return JsonBatch.failed(Reason.TOO_DEEP); // the only constraint that JsonInput sets
        } catch (IOException e) {
            return JsonBatch.failed(Reason.INVALID_JSON); // its text may quote the record, so it ends here
        }
    }

    private JsonRecord root(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return JsonRecord.failed(Reason.INVALID_JSON);
        }
        List<JsonElement> elements = new ArrayList<>(1);
        if (first == JsonToken.START_ARRAY) {
            for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
                elements.add(new Element(parser).read(token));
            }
            return parser.nextToken() == null
                    ? new JsonRecord(JsonRecord.Form.ARRAY, elements, null)
                    : JsonRecord.failed(Reason.INVALID_JSON);
        }
        elements.add(new Element(parser).read(first));
        int line = parser.currentLocation().getLineNr();
        JsonToken token = parser.nextToken();
        if (token == null) {
            return new JsonRecord(JsonRecord.Form.SINGLE, elements, null);
        }
        for (; token != null; token = parser.nextToken()) {
            if (first != JsonToken.START_OBJECT
                    || token != JsonToken.START_OBJECT
                    || parser.currentTokenLocation().getLineNr() <= line) {
                return JsonRecord.failed(Reason.INVALID_JSON);
            }
            elements.add(new Element(parser).read(token));
            line = parser.currentLocation().getLineNr();
        }
        return new JsonRecord(JsonRecord.Form.LINES, elements, null);
    }

    private static JsonToken next(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IOException("ended early");
        }
        return token;
    }

    /** Reads one element; from the limit that it breaks on, the rest of it is passed over. */
    private final class Element {
        private final JsonParser parser;
        private int fields;
        private boolean ambiguous;
        private @Nullable Reason failure;
        private final Set<String> batchNames;
        private final List<JsonElement> batch = new ArrayList<>(0);
        private @Nullable String batchName;

        Element(JsonParser parser) {
            this(parser, Set.of());
        }

        Element(JsonParser parser, Set<String> batchNames) {
            this.parser = parser;
            this.batchNames = batchNames;
        }

        /** Reads the elements of the array that was just begun, each by itself. */
        void items(String name) throws IOException {
            ambiguous |= batchName != null;
            batchName = name;
            for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
                batch.add(new Element(parser).read(token));
            }
        }

        JsonElement read(JsonToken token) throws IOException {
            Value value = value(token, 1);
            return new JsonElement(failure == null && value != ABSENT ? value : null, ambiguous, failure);
        }

        private Value value(JsonToken token, int depth) throws IOException {
            if (token.isStructStart()) {
                if (depth > limits.maxDepth() && failure == null) {
                    failure = Reason.TOO_DEEP;
                }
                if (failure != null) {
                    parser.skipChildren();
                    return ABSENT;
                }
                return token == JsonToken.START_OBJECT ? object(depth) : array(depth);
            }
            return failure == null ? scalar(token) : ABSENT;
        }

        private Value object(int depth) throws IOException {
            Map<String, Value> members = new LinkedHashMap<>();
            boolean absent = false;
            while (next(parser) != JsonToken.END_OBJECT) {
                String name = JsonInput.wellFormed(parser.currentName());
                if (++fields > limits.maxFields() && failure == null) {
                    failure = Reason.TOO_MANY_FIELDS;
                }
                JsonToken token = next(parser);
                if (depth == 1 && token == JsonToken.START_ARRAY && batchNames.contains(name)) {
                    items(name);
                    continue;
                }
                Value value = value(token, depth + 1);
                absent |= value == ABSENT;
                ambiguous |= members.put(name, value) != null;
            }
            if (absent) {
                members.values().removeIf(value -> value == ABSENT);
            }
            return new Value.Members(members);
        }

        private Value array(int depth) throws IOException {
            List<Value> items = new ArrayList<>();
            for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
                Value value = value(token, depth + 1);
                if (value != ABSENT) {
                    items.add(value);
                }
            }
            return new Value.Items(items);
        }

        private Value scalar(JsonToken token) throws IOException {
            return switch (token) {
                case VALUE_STRING -> text(JsonInput.wellFormed(parser.getText()));
                case VALUE_TRUE -> new Value.Flag(true);
                case VALUE_FALSE -> new Value.Flag(false);
                case VALUE_NUMBER_INT -> whole();
                case VALUE_NUMBER_FLOAT -> decimal();
                default -> ABSENT;
            };
        }

        private Value text(String text) {
            return text.isEmpty() || text.equals("-") ? ABSENT : new Value.Text(text);
        }

        /** A number beyond 64 bits stays as it is written, for it may be an id. */
        private Value whole() throws IOException {
            return switch (parser.getNumberType()) {
                case INT, LONG -> new Value.Whole(parser.getLongValue());
                default -> new Value.Text(parser.getText());
            };
        }

        private Value decimal() throws IOException {
            String written = parser.getText();
            double number = Double.parseDouble(written);
            return Double.isFinite(number) ? new Value.Decimal(number) : new Value.Text(written);
        }
    }
}
