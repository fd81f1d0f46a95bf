package io.sluice.collector.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Undoes the compression of bodies, up to a limit.
 *
 * <p>What begins as gzip is gzip, whatever is declared: some trackers declare a form.
 *
 * @param limit most bytes of a body, packed or not
 */
public record Unpacking(int limit) {
    /** A body that is not taken, with the status that says so. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /**
     * The bytes of a stream, unpacked.
     *
     * @param encoding what the header {@code Content-Encoding} says; may be empty
     * @throws Refused if they are too many, or packed in a way that is not known
     * @throws IOException if the stream breaks
     */
    public byte[] read(InputStream stream, String encoding) throws Refused, IOException {
        byte[] body = bounded(stream);
        boolean gzip = body.length > 1 && body[0] == 0x1F && body[1] == (byte) 0x8B;
        String declared = encoding.strip().toLowerCase(Locale.ROOT);
        if (gzip) {
            return unpacked(body, true);
        }
        return switch (declared) {
            // Declared and not done is what a proxy leaves that has unpacked it.
            case "", "identity", "gzip", "x-gzip" -> body;
            case "deflate" -> unpacked(body, false);
            default -> throw new Refused(415, "a body is plain, gzip or deflate");
        };
    }

    private byte[] unpacked(byte[] body, boolean gzip) throws Refused {
        ByteArrayInputStream packed = new ByteArrayInputStream(body);
        try (InputStream stream = gzip ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
            return bounded(stream);
        } catch (IOException e) {
            throw new Refused(400, "the body cannot be unpacked");
        }
    }

    private byte[] bounded(InputStream stream) throws Refused, IOException {
        byte[] body = stream.readNBytes(limit + 1);
        if (body.length > limit) {
            throw new Refused(413, "a body has at most " + limit + " bytes, packed or not");
        }
        return body;
    }
}
