package io.sluice.tests.leakage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * A place in a record where a personal value can stand.
 *
 * @param place its name
 * @param topic the raw topic it comes by, such as {@code access-logs}
 * @param format what the sender says of it
 * @param dataset what the sender says of it
 * @param sealed what the vault must have of the value
 * @param record the record with a value in this place
 */
record Carrier(
        String place, String topic, String format, String dataset, Sealed sealed, Function<String, byte[]> record) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "[10/Jan/2024:12:00:00 +0000]";

    /** What the vault must have of a value. */
    enum Sealed {
        /** All of it: it is what an investigation needs. */
        WHOLE,
        /** Nothing: a secret or client information in a known place. */
        CUT,
        /** That depends on what the detectors take it for. */
        EITHER
    }

    /** A line of an access log, with the value where {@code %s} stands. */
    static Carrier line(String format, String place, Sealed sealed, String line) {
        String whole = line.replace("TIME", TIME);
        return new Carrier(
                format + " " + place, "access-logs", format, "application", sealed, value -> whole.replace("%s", value)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** A usage event, with the value as JSON writes it where {@code %s} stands. */
    static Carrier event(String place, Sealed sealed, String json) {
        return json("usage", "usage-events", place, sealed, json);
    }

    /** A JSON record of any format. */
    static Carrier json(String format, String topic, String place, Sealed sealed, String json) {
        return new Carrier(
                format + " " + place, topic, format, "application", sealed, value -> json.replace("%s", quoted(value))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Any record. */
    static Carrier of(String format, String place, Sealed sealed, String record) {
        return new Carrier(
                format + " " + place, "app-logs", format, "application", sealed, value -> record.replace("%s", value)
                        .getBytes(StandardCharsets.UTF_8));
    }

    Carrier in(Charset charset) {
        return carrying(charset.name(), sealed, value -> new String(record.apply(value), StandardCharsets.UTF_8)
                .getBytes(charset));
    }

    /** The same packed: a detector may take some of these bytes for a secret, and the rest cannot be unpacked then. */
    Carrier gzipped() {
        return carrying("gzip", Sealed.EITHER, value -> {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(record.apply(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return zipped.toByteArray();
        });
    }

    /** The same, of which only so many bytes arrive. */
    Carrier cutAfter(String mark) {
        return carrying("cut after " + mark, sealed, value -> {
            String text = new String(record.apply(value), StandardCharsets.UTF_8);
            int end = text.indexOf(mark);
            return text.substring(0, end < 0 ? text.length() : end + mark.length())
                    .getBytes(StandardCharsets.UTF_8);
        });
    }

    private Carrier carrying(String how, Sealed sealed, Function<String, byte[]> changed) {
        return new Carrier(place + ", " + how, topic, format, dataset, sealed, changed);
    }

    private static String quoted(String value) {
        try {
            String json = JSON.writeValueAsString(value);
            return json.substring(1, json.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every text can be written as JSON", e);
        }
    }
}
