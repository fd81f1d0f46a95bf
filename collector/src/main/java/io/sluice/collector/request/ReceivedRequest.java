package io.sluice.collector.request;

import java.util.List;
import java.util.Map;

/**
 * A request as it came in. Holds plaintext, so it prints lengths and nothing else.
 *
 * @param path as it was asked for
 * @param query behind the question mark, as it was written; may be empty
 * @param headers by their names in lower case, in the order in which they came
 * @param peer address of the other end of the connection
 * @param body unpacked
 */
public record ReceivedRequest(String path, String query, Map<String, List<String>> headers, String peer, byte[] body) {
    /** The values of a header; none, if it is absent. */
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public String toString() {
        return "ReceivedRequest[query " + query.length() + ", body " + body.length + "]";
    }
}
