package io.sluice.tests.fuzz;

import io.sluice.collector.request.Endpoint;
import io.sluice.collector.request.ReceivedRequest;
import io.sluice.collector.request.RequestWriting;
import io.sluice.collector.request.Unpacking;
import io.sluice.ingest.parse.LogFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The collector's door: any body at each of its endpoints is refused with a status of 400 to 499, or written down on one
 * line of which the boundary says something. The same bytes stand in the query.
 */
final class DoorTarget {
    /** Most bytes of a body, as the collector has it by default. */
    static final int LIMIT = 1024 * 1024;

    private static final Unpacking UNPACKING = new Unpacking(LIMIT);
    private static final RequestWriting WRITING = new RequestWriting("analytics_opt_out");

    private final ParserTarget boundary = new ParserTarget(LogFormat.REQUEST);

    /** Whether the body was taken. */
    boolean take(Endpoint endpoint, byte[] packed, String encoding) throws IOException {
        byte[] body;
        try {
            body = UNPACKING.read(new ByteArrayInputStream(packed), encoding);
        } catch (Unpacking.Refused e) {
            if (e.status() < 400 || e.status() > 499) {
                throw new AssertionError("a refusal with status " + e.status());
            }
            return false;
        }
        String text = new String(body, 0, Math.min(body.length, 2_000), StandardCharsets.ISO_8859_1);
        ReceivedRequest request = new ReceivedRequest(
                endpoint.path(), text, Map.of("cookie", List.of(text), "sec-gpc", List.of(text)), "192.0.2.1", body);
        byte[] record = WRITING.write(endpoint, request, Instant.EPOCH);
        for (byte b : record) {
            if (b == '\n') {
                throw new AssertionError("a request on more than one line");
            }
        }
        boundary.take(record);
        return true;
    }
}
