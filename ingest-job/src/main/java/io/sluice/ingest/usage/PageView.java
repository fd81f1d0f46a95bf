package io.sluice.ingest.usage;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.url.PathRule;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a page view, in its one place.
 *
 * <p>Of an access log: a GET answered with 2xx or 304, no asset, no robot. Of usage events: the action {@code page_view},
 * no robot. A dataset that has usage events is counted by them, else by its access log, never by the sum of both; that is
 * decided by whoever counts, for it takes more than one event.
 */
public final class PageView {
    private static final Set<String> ASSETS = Set.of(
            "avif",
            "bmp",
            "css",
            "csv",
            "eot",
            "gif",
            "gz",
            "ico",
            "jpeg",
            "jpg",
            "js",
            "json",
            "map",
            "mjs",
            "mp3",
            "mp4",
            "otf",
            "pdf",
            "png",
            "rss",
            "svg",
            "ttf",
            "txt",
            "wasm",
            "webm",
            "webmanifest",
            "webp",
            "woff",
            "woff2",
            "xml",
            "zip");

    private PageView() {}

    /**
     * Whether an event is a page view.
     *
     * @param event enriched, with the parts of its URL
     * @param rule the rule of its path, if a template matched
     */
    public static boolean is(Event event, @Nullable PathRule rule) {
        if (event.get(Fields.USER_AGENT_ROBOT) instanceof Value.Flag robot && robot.set()) {
            return false;
        }
        String provider = event.text(Fields.EVENT_PROVIDER);
        if ("usage-event".equals(provider)) {
            return "page_view".equals(event.text(Fields.EVENT_ACTION));
        }
        return "access-log".equals(provider)
                && "GET".equals(event.text(Fields.HTTP_METHOD))
                && isAnswered(event)
                && isPage(event, rule);
    }

    private static boolean isAnswered(Event event) {
        return event.get(Fields.HTTP_STATUS) instanceof Value.Whole status
                && (status.number() >= 200 && status.number() < 300 || status.number() == 304);
    }

    private static boolean isPage(Event event, @Nullable PathRule rule) {
        if (rule != null) {
            return rule.page();
        }
        String path = event.text(Fields.URL_PATH);
        if (path == null) {
            return false;
        }
        int dot = path.lastIndexOf('.');
        return dot < path.lastIndexOf('/')
                || !ASSETS.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
