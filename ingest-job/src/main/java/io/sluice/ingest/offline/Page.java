package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.parse.Explanation;
import io.sluice.ingest.parse.Reason;
import io.sluice.sinks.elasticsearch.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What has been printed and not yet written: one JSON object a line, with its origin where that is asked for.
 *
 * <p>Its memory is reused. Not thread-safe.
 */
public final class Page {
    private static final int TYPICAL_BYTES = 512 * 1024;
    private static final byte[] SUPPRESSED = ascii("{\"outcome\":\"suppressed\"}");
    private static final byte[] QUARANTINED = ascii("{\"outcome\":\"quarantined\",\"reason\":\"");
    private static final byte[] SEEN_AS = ascii("\"explain\":{\"format\":");
    private static final byte[] BECAUSE = ascii(",\"because\":");
    private static final byte[] SHAPE = ascii("\"shape\":");
    private static final byte[] ORIGIN = ascii("\"origin\":{\"file\":");
    private static final byte[] LINE = ascii(",\"line\":");
    private static final byte[] LINES = ascii(",\"lines\":");
    private static final byte[] EVENT = ascii(",\"event\":");
    private static final byte[] END = ascii("}}\n");

    private final JsonBytes json = new JsonBytes(TYPICAL_BYTES);
    private final boolean withOrigin;
    private String file = "";
    private long firstLine;

    /** @param withOrigin whether each object says from which file and line it came */
    public Page(boolean withOrigin) {
        this.withOrigin = withOrigin;
    }

    /** From now on events come from {@code file}. */
    void file(String file) {
        this.file = file;
    }

    /** From now on events come from this piece of the file. */
    void piece(Piece piece) {
        firstLine = piece.line();
    }

    /** Number of a line within its file, from 1. */
    long line(Position at) {
        return firstLine + at.line() + 1;
    }

    String file() {
        return file;
    }

    JsonBytes json() {
        return json;
    }

    void suppressed(Position at) {
        json.raw(SUPPRESSED);
        end(at);
    }

    void quarantined(Position at, Reason reason) {
        quarantined(reason);
        end(at);
    }

    /** With what it was seen as, and its shape. */
    void quarantined(Position at, Reason reason, Explanation explanation, String shape) {
        quarantined(reason);
        explain(explanation);
        json.replaceLast(',');
        json.raw(SHAPE);
        json.string(shape);
        json.raw('}');
        end(at);
    }

    private void quarantined(Reason reason) {
        json.raw(QUARANTINED);
        json.raw(ascii(reason.code()));
        json.raw('"');
        json.raw('}');
    }

    /** Adds to the object whose closing brace was written last what its record was seen as. */
    void explain(Explanation explanation) {
        json.replaceLast(',');
        json.raw(SEEN_AS);
        json.string(explanation.format());
        json.raw(BECAUSE);
        json.string(explanation.because());
        json.raw('}');
        json.raw('}');
    }

    /** Ends the object whose closing brace was written last. */
    void end(Position at) {
        if (!withOrigin) {
            json.raw('\n');
            return;
        }
        json.replaceLast(',');
        json.raw(ORIGIN);
        json.string(file);
        json.raw(LINE);
        json.number(line(at));
        json.raw(LINES);
        json.number(at.lines());
        json.raw(EVENT);
        json.number(at.event() + 1L);
        json.raw(END);
    }

    /** Bytes that wait to be written. */
    int length() {
        return json.length();
    }

    /** Writes what waits, and is empty again. */
    void writeTo(OutputStream out) throws IOException {
        json.copyTo(out);
        json.clear();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Page[" + json.length() + "]";
    }
}
