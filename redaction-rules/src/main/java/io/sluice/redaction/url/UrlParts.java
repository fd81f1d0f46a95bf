package io.sluice.redaction.url;

import org.jspecify.annotations.Nullable;

/**
 * A URL or request target in the parts that rules know, read as browsers read it (WHATWG URL Standard); user information
 * and fragment are dropped here.
 *
 * <p>Takes whatever a log holds: origin form ({@code /a?b}), absolute form, or garbage, which becomes a path that no
 * template matches. Never throws. Schemes other than {@code http} and {@code https} are read like them where they have an
 * authority, so that no part of them stays unseen.
 *
 * @param host lower case, in ASCII form, without port; null in origin form and where a browser would refuse it
 * @param path from its first slash, dot segments resolved, percent-encoded as a browser sends it
 * @param query without question mark, percent-encoded as a browser sends it; null if there is none
 * @param rawPath the path as it stands in the text, for who must find it there
 * @param valid whether a browser would take it; of a relative reference without leading slash it cannot be told
 */
public record UrlParts(@Nullable String host, String path, @Nullable String query, String rawPath, boolean valid) {
    /** Where the parts of a text lie; the end of the path is the start of what follows it. */
    private record Places(boolean absolute, int authority, int path, int pathEnd, int end) {}

    public static UrlParts of(String url) {
        String text = bare(url);
        Places places = places(text);
        String host = null;
        boolean valid = true;
        if (places.absolute) {
            host = Host.of(text.substring(places.authority, places.path));
            valid = host != null;
        }
        String raw = text.substring(places.path, places.pathEnd);
        valid &= places.absolute || raw.startsWith("/");
        String path = valid ? BrowserCoding.path(raw) : raw;
        String query = places.pathEnd < places.end
                ? BrowserCoding.query(text.substring(places.pathEnd + 1, places.end))
                : null;
        return new UrlParts(
                host, path.isEmpty() ? "/" : path, query == null || query.isEmpty() ? null : query, raw, valid);
    }

    /**
     * How long the beginning of {@code url} is that alone says its host: {@code http://} or {@code https://} and a host
     * of lower-case letters, digits, dots and hyphens without port, behind which path, query or fragment begin; -1 if it
     * does not begin so.
     */
    public static int plainOrigin(String url) {
        int host = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : -1;
        int end = host;
        while (end >= 0 && end < url.length() && isPlainHost(url.charAt(end))) {
            end++;
        }
        boolean ends = end == url.length() || (end > host && "/?#".indexOf(url.charAt(end)) >= 0);
        return end > host && ends ? end : -1;
    }

    private static boolean isPlainHost(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-';
    }

    /** Without what browsers strip: spaces and controls at both ends, tabs and line ends anywhere. */
    private static String bare(String url) {
        int start = 0;
        int end = url.length();
        while (start < end && url.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && url.charAt(end - 1) <= ' ') {
            end--;
        }
        for (int i = start; i < end; i++) {
            if (isStripped(url.charAt(i))) {
                StringBuilder bare = new StringBuilder(end - start);
                url.chars()
                        .skip(start)
                        .limit(end - start)
                        .filter(c -> !isStripped(c))
                        .forEach(c -> bare.append((char) c));
                return bare.toString();
            }
        }
        return url.substring(start, end);
    }

    private static boolean isStripped(int c) {
        return c == '\t' || c == '\n' || c == '\r';
    }

    private static Places places(String text) {
        int end = text.indexOf('#');
        end = end < 0 ? text.length() : end;
        int authority = authorityStart(text, end);
        int path = Math.max(authority, 0);
        while (authority >= 0 && path < end && !isPathStart(text.charAt(path))) {
            path++;
        }
        int question = text.indexOf('?', path);
        return new Places(authority >= 0, authority, path, question < 0 || question > end ? end : question, end);
    }

    private static boolean isPathStart(char c) {
        return c == '/' || c == '\\' || c == '?';
    }

    /** Where the authority of an absolute URL begins, or -1: {@code http:} needs no slashes, and takes more than two. */
    private static int authorityStart(String text, int end) {
        int colon = 0;
        while (colon < end && isSchemeCharacter(text.charAt(colon), colon == 0)) {
            colon++;
        }
        if (colon == 0 || colon == end || text.charAt(colon) != ':') {
            return -1;
        }
        boolean web = text.regionMatches(true, 0, "http", 0, 4)
                && (colon == 4 || (colon == 5 && (text.charAt(4) | 0x20) == 's'));
        int at = colon + 1;
        while (at < end && (text.charAt(at) == '/' || text.charAt(at) == '\\')) {
            at++;
        }
        return web ? at : text.startsWith("//", colon + 1) ? colon + 3 : -1;
    }

    private static boolean isSchemeCharacter(char c, boolean first) {
        boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        return letter || (!first && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'));
    }

    @Override
    public String toString() {
        return "UrlParts";
    }
}
