package io.sluice.infra.sample;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, and the usage event that its page sends with it.
 *
 * @param site which of the two sites
 * @param visitor who
 * @param login whether the access log shows the user's login
 * @param method HTTP method
 * @param target path and query as requested
 * @param status HTTP status
 * @param bytes size of the answer
 * @param referrer the page before, or {@code -}
 * @param event what the page says to the tracker; null if it says nothing
 */
record Hit(
        Site site,
        Visitor visitor,
        boolean login,
        String method,
        String target,
        int status,
        int bytes,
        String referrer,
        @Nullable Said event) {

    /** The two sites. */
    enum Site {
        APPLICATION("application", "https://app.ottomatiq.example"),
        MARKETING("marketing-site", "https://www.ottomatiq.example");

        private final String dataset;
        private final String origin;

        Site(String dataset, String origin) {
            this.dataset = dataset;
            this.origin = origin;
        }

        String dataset() {
            return dataset;
        }

        String origin() {
            return origin;
        }
    }

    /**
     * What a page says to the tracker.
     *
     * @param action type of the event
     * @param title title of the page
     * @param search what was searched; empty if nothing
     * @param props declared and other properties: text, {@link Integer} or {@link Boolean}
     */
    record Said(String action, String title, String search, Map<String, Object> props) {
        static Said of(String action, String title) {
            return new Said(action, title, "", Map.of());
        }
    }
}
