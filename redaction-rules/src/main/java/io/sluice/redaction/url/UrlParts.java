package io.sluice.redaction.url;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL or request target in the parts that rules know; user information and fragment are dropped here.
 *
 * <p>Takes whatever a log holds: origin form ({@code /a?b}), absolute form, or garbage, which becomes a path that no
 * template matches. Never throws.
 *
 * @param host lower case, without port; null in origin form
 * @param path from its first slash, still percent-encoded
 * @param query without question mark, still percent-encoded; null if there is none
 */
public record UrlParts(@Nullable String host, String path, @Nullable String query) {
    public static UrlParts of(String url) {
        int end = url.indexOf('#');
        String text = end < 0 ? url : url.substring(0, end);
        String host = null;
        int start = 0;
        int authority = authorityStart(text);
        if (authority >= 0) {
            start = authorityEnd(text, authority);
            host = host(text.substring(authority, start));
        }
        int question = text.indexOf('?', start);
        String path = text.substring(start, question < 0 ? text.length() : question);
        String query = question < 0 ? null : text.substring(question + 1);
        return new UrlParts(host, path.isEmpty() ? "/" : path, query == null || query.isEmpty() ? null : query);
    }

    /** Where the authority of an absolute URL begins, or -1 in origin form. */
    private static int authorityStart(String text) {
        if (text.isEmpty() || text.charAt(0) == '/') {
            return -1;
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || !text.startsWith("//", colon + 1)) {
            return -1;
        }
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return -1;
            }
        }
        return colon + 3;
    }

    private static int authorityEnd(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '\\') {
                return i;
            }
        }
        return text.length();
    }

    private static @Nullable String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int bracket = host.indexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        if (host.startsWith("[") && bracket > 0) {
            host = host.substring(0, bracket + 1);
        } else if (colon >= 0) {
            host = host.substring(0, colon);
        }
        return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "UrlParts";
    }
}
