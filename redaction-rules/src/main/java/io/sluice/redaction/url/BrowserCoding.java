package io.sluice.redaction.url;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a browser writes the path and the query of a special URL (WHATWG URL Standard, sections 1.3 and 4.4). */
final class BrowserCoding {
    private static final AsciiSet PATH = AsciiSet.of(" \"#<>?^`{}");
    private static final AsciiSet QUERY = AsciiSet.of(" \"#<>'");
    private static final String HEX = "0123456789ABCDEF";

    private BrowserCoding() {}

    /** The path with slashes for backslashes, dot segments resolved; the same object if there is nothing to do. */
    static String path(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        List<String> segments = new ArrayList<>();
        String text = raw.replace('\\', '/');
        int from = text.startsWith("/") ? 1 : 0;
        while (from <= text.length()) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            String segment = text.substring(from, to);
            int dots = dots(segment);
            if (dots == 2 && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
            if (dots == 0) {
                segments.add(encode(segment, PATH));
            } else if (slash < 0) {
                segments.add("");
            }
            from = to + 1;
        }
        return "/" + String.join("/", segments);
    }

    static String query(String raw) {
        return encode(raw, QUERY);
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean dotted = c == '/' && i + 1 < raw.length() && (raw.charAt(i + 1) == '.' || raw.charAt(i + 1) == '%');
            if (dotted || c == '\\' || isEncoded(c, PATH)) {
                return false;
            }
        }
        return raw.startsWith("/");
    }

    /** 1 for a dot segment, 2 for a double one, however they are written; 0 for any other. */
    private static int dots(String segment) {
        int dots = 0;
        for (int i = 0; i < segment.length(); dots++) {
            if (segment.charAt(i) == '.') {
                i++;
            } else if (segment.regionMatches(true, i, "%2e", 0, 3)) {
                i += 3;
            } else {
                return 0;
            }
        }
        return dots <= 2 ? dots : 0;
    }

    private static boolean isEncoded(char c, AsciiSet set) {
        return c <= 0x1F || c >= 0x7F || set.has(c);
    }

    private static String encode(String text, AsciiSet set) {
        int first = 0;
        while (first < text.length() && !isEncoded(text.charAt(first), set)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point < 0x80 && !isEncoded((char) point, set)) {
                encoded.append((char) point);
            } else {
                boolean lone = point >= 0xD800 && point <= 0xDFFF;
                String unit = lone ? "\uFFFD" : Character.toString(point);
                for (byte b : unit.getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
                }
            }
            i += Character.charCount(point);
        }
        return encoded.toString();
    }
}
