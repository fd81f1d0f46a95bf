package io.sluice.ingest.parse.json;

import io.sluice.ingest.parse.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record read as JSON.
 *
 * @param form how its values stood in it
 * @param elements the values; one, if the form is {@link Form#SINGLE}
 * @param failure why the record as a whole is no JSON, or null; then there are no elements
 */
public record JsonRecord(Form form, List<JsonElement> elements, @Nullable Reason failure) {
    /** How the values of a record stand in it. */
    public enum Form {
        /** One value that is no array. */
        SINGLE,
        /** The elements of one array. */
        ARRAY,
        /** Several objects, each beginning on a line of its own. */
        LINES
    }

    static JsonRecord failed(Reason failure) {
        return new JsonRecord(Form.SINGLE, List.of(), failure);
    }
}
