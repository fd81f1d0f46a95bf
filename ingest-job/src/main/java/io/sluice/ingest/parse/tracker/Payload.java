package io.sluice.ingest.parse.tracker;

import io.sluice.ingest.parse.Bytes;

/**
 * What a tracker sent in one request. Holds plaintext, so it prints lengths and nothing else.
 *
 * @param path of the request; empty if the payload came without one
 * @param query behind the question mark, as it was written; may be empty
 * @param body unpacked; may be empty
 */
public record Payload(String path, String query, Bytes body) {
    private static final int LONGEST_PATH = 256;

    /** A record that is a payload and nothing else: a body, or a query string with or without a path in front. */
    public static Payload of(Bytes record) {
        int at = 0;
        while (at < record.length() && (record.at(at) == ' ' || record.at(at) == '\t')) {
            at++;
        }
        byte first = at < record.length() ? record.at(at) : 0;
        if (first == '{' || first == '[' || first == (byte) 0xEF || first == 0) {
            return new Payload("", "", record);
        }
        String text = record.text().strip();
        int question = text.indexOf('?');
        boolean hasPath = question >= 0 && question < LONGEST_PATH && text.indexOf('=') > question;
        return new Payload(
                hasPath ? text.substring(0, question) : "",
                hasPath ? text.substring(question + 1) : text,
                record.slice(0, 0));
    }

    /** The last step of the path, such as {@code track} of {@code /v1/track}. */
    public String lastStep() {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.substring(bare.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "Payload[query " + query.length() + ", body " + body.length() + "]";
    }
}
