package io.sluice.collector.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What browsers are told about requests from other origins. Nothing that is answered here is worth reading, so any origin
 * is let in unless some are listed.
 *
 * @param origins that may send, or {@code *}
 */
public record Cors(List<String> origins) {
    private static final String ALLOWED_HEADERS =
            "Content-Type, Content-Encoding, Authorization, SP-Anonymous, X-Requested-With";

    /** The headers of an answer to a request of this origin; none, if it has none or may not send. */
    public Map<String, String> headers(String origin, boolean preflight) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (origin.isEmpty() || !(origins.contains("*") || origins.contains(origin))) {
            return headers;
        }
        headers.put("Access-Control-Allow-Origin", origin);
        // Without it no opt-out cookie comes along.
        headers.put("Access-Control-Allow-Credentials", "true");
        headers.put("Vary", "Origin");
        if (preflight) {
            headers.put("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
            headers.put("Access-Control-Allow-Headers", ALLOWED_HEADERS);
            headers.put("Access-Control-Max-Age", "600");
        }
        return headers;
    }
}
