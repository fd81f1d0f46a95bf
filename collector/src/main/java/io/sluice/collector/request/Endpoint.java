package io.sluice.collector.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One path at which a tracker's requests are taken. The path alone decides the format: what trackers declare as content
 * type is often something else.
 *
 * @param method {@code GET} or {@code POST}
 * @param path without a slash at its end; with one it is the same
 * @param format how the boundary reads the payload
 * @param acknowledgement what is answered once Kafka has it
 */
public record Endpoint(String method, String path, String format, Acknowledgement acknowledgement) {
    private static final String GET = "GET";
    private static final String POST = "POST";
    private static final Set<String> SEGMENT = Set.of(
            "track",
            "page",
            "screen",
            "identify",
            "group",
            "alias",
            "batch",
            "t",
            "p",
            "s",
            "i",
            "g",
            "a",
            "b",
            "import");
    private static final Set<String> POSTHOG = Set.of("/batch", "/capture", "/e", "/i/v0/e", "/track");

    /** The table of all endpoints. */
    public static List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>();
        all.add(new Endpoint(POST, "/v1/events", "usage", Acknowledgement.SUCCESS));
        all.add(new Endpoint(GET, "/v1/pixel.gif", "usage", Acknowledgement.PIXEL));
        SEGMENT.stream()
                .sorted()
                .forEach(call -> all.add(new Endpoint(POST, "/v1/" + call, "segment", Acknowledgement.SUCCESS)));
        all.add(new Endpoint(POST, "/com.snowplowanalytics.snowplow/tp2", "snowplow", Acknowledgement.OK));
        all.add(new Endpoint(GET, "/i", "snowplow", Acknowledgement.PIXEL));
        for (String path : List.of("/matomo.php", "/piwik.php")) {
            all.add(new Endpoint(GET, path, "matomo", Acknowledgement.PIXEL));
            all.add(new Endpoint(POST, path, "matomo", Acknowledgement.STATUS_SUCCESS));
        }
        POSTHOG.stream()
                .sorted()
                .forEach(path -> all.add(new Endpoint(POST, path, "posthog", Acknowledgement.STATUS_ONE)));
        all.add(new Endpoint(POST, "/mp/collect", "ga4", Acknowledgement.NOTHING));
        return List.copyOf(all);
    }
}
