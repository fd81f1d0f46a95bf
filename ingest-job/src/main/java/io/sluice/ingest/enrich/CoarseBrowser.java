package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the browsers that most people use, under the name that uap-core gives it.
 *
 * @param sign what tells it in a user agent, its version behind it
 * @param name its family
 */
record CoarseBrowser(String sign, Value name) {
    static final Value OTHER = new Value.Text("Other");

    /** In this order: browsers that pose as another come before it. */
    private static final List<CoarseBrowser> BROWSERS = List.of(
            browser("Edg/", "Edge"),
            browser("OPR/", "Opera"),
            browser("SamsungBrowser/", "Samsung Internet"),
            browser("Firefox/", "Firefox"),
            browser("FxiOS/", "Firefox iOS"),
            browser("CriOS/", "Chrome Mobile iOS"),
            browser("Chrome/", "Chrome"),
            browser("Version/", "Safari"));

    private static final CoarseBrowser UNKNOWN = new CoarseBrowser("", OTHER);

    private static final List<CoarseBrowser> SYSTEMS = List.of(
            browser("Windows", "Windows"),
            browser("Android", "Android"),
            browser("iPhone", "iOS"),
            browser("iPad", "iOS"),
            browser("Mac OS X", "Mac OS X"),
            browser("CrOS", "Chrome OS"),
            browser("Linux", "Linux"));

    private static CoarseBrowser browser(String sign, String name) {
        return new CoarseBrowser(sign, new Value.Text(name));
    }

    static CoarseBrowser of(String userAgent) {
        return first(BROWSERS, userAgent);
    }

    static Value os(String userAgent) {
        return first(SYSTEMS, userAgent).name;
    }

    private static CoarseBrowser first(List<CoarseBrowser> candidates, String userAgent) {
        for (CoarseBrowser candidate : candidates) {
            if (userAgent.contains(candidate.sign)) {
                return candidate;
            }
        }
        return UNKNOWN;
    }

    /** The major version behind the sign: up to four digits. */
    @Nullable
    Value version(String userAgent) {
        if (sign.isEmpty()) {
            return null;
        }
        int from = userAgent.indexOf(sign) + sign.length();
        int to = from;
        while (to < userAgent.length() && to - from < 4 && userAgent.charAt(to) >= '0' && userAgent.charAt(to) <= '9') {
            to++;
        }
        return to == from ? null : new Value.Text(userAgent.substring(from, to));
    }
}
