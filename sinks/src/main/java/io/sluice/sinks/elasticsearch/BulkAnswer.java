package io.sluice.sinks.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the answer to a bulk request.
 *
 * <p>Guarantees: keeps status and {@code error.type} of each item and nothing else, for the reason text quotes values;
 * a type that is not a plain name is dropped. Safe for use by several threads.
 */
final class BulkAnswer {
    /** Elasticsearch makes the type from the name of a Java class: small letters and underscores. */
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_]{1,100}");

    private final JsonFactory json = new JsonFactory();

    /**
     * The verdict on each document, in the order in which they were sent.
     *
     * @param sent how many there were
     */
    List<Verdict> read(InputStream answer, int sent) {
        List<Verdict> verdicts = new ArrayList<>(sent);
        try (JsonParser parser = json.createParser(answer)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean items = parser.currentName().equals("items");
                    if (parser.nextToken() == JsonToken.START_ARRAY && items) {
                        readItems(parser, verdicts);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            // The text of the exception quotes the answer; what could not be read is sent again.
            return all(new Verdict.Held("answer-unreadable"), sent);
        }
        return verdicts.size() == sent ? verdicts : all(new Verdict.Held("answer-incomplete"), sent);
    }

    /** The same verdict on each of {@code sent} documents. */
    static List<Verdict> all(Verdict verdict, int sent) {
        return Collections.nCopies(sent, verdict);
    }

    private static void readItems(JsonParser parser, List<Verdict> verdicts) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            // {"create":{…}}
            parser.nextToken();
            parser.nextToken();
            verdicts.add(readItem(parser));
            parser.nextToken();
        }
    }

    private static Verdict readItem(JsonParser parser) throws IOException {
        int status = 0;
        String type = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
                status = parser.getIntValue();
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                type = readType(parser);
            } else {
                parser.skipChildren();
            }
        }
        return Verdict.of(status, type);
    }

    private static String readType(JsonParser parser) throws IOException {
        String type = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("type")) {
                type = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return TYPE.matcher(type).matches() ? type : "";
    }
}
