package io.sluice.collector.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a tracker expects to hear when its events are taken. */
public enum Acknowledgement {
    SUCCESS(200, "application/json", text("{\"success\":true}")),
    /** Matomo's answer to a bulk. */
    STATUS_SUCCESS(200, "application/json", text("{\"status\":\"success\"}")),
    /** PostHog's. */
    STATUS_ONE(200, "application/json", text("{\"status\":1}")),
    /** Snowplow's. */
    OK(200, "text/plain; charset=utf-8", text("ok")),
    /** Google's. */
    NOTHING(204, "text/plain; charset=utf-8", new byte[0]),
    /** A transparent picture of one pixel. */
    PIXEL(200, "image/gif", Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));

    private final int status;
    private final String contentType;
    private final byte[] body;

    Acknowledgement(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] body() {
        return body.clone();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
