package io.sluice.ingest.parse.ncsa;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request line apart: method, target, version.
 *
 * <p>The target is all between the first space and the version, spaces in it too; without a version (HTTP/0.9) it is all
 * behind the method. A method is 1 to {@value #MAX_METHOD} of {@code A-Z}, {@code -} and {@code _}; a line that has
 * none, such as a TLS greeting on the plain port, stands as a whole in {@code url.original}, without a method.
 */
public final class RequestLine {
    private static final int MAX_METHOD = 20;
    private static final Map<String, Value> METHODS =
            constants(List.of("POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND"));
    private static final Value GET = new Value.Text("GET");
    private static final Value HTTP_1_1 = new Value.Text("1.1");
    private static final Value HTTP_1_0 = new Value.Text("1.0");
    private static final Value HTTP_2_0 = new Value.Text("2.0");

    private RequestLine() {}

    /** Sets the fields of a request; empty and {@code -} set none. */
    public static void read(String request, Event event) {
        int methodEnd = methodEnd(request);
        if (methodEnd < 0) {
            event.set(Fields.URL_ORIGINAL, request);
            return;
        }
        event.set(Fields.HTTP_METHOD, method(request, methodEnd));
        int lastSpace = request.lastIndexOf(' ');
        Value version = lastSpace > methodEnd ? version(request, lastSpace + 1) : null;
        event.set(
                Fields.URL_ORIGINAL, request.substring(methodEnd + 1, version == null ? request.length() : lastSpace));
        if (version != null) {
            event.set(Fields.HTTP_VERSION, version);
        }
    }

    /** The space behind the method, or -1. */
    private static int methodEnd(String request) {
        int i = 0;
        while (i < request.length() && i <= MAX_METHOD && isMethod(request.charAt(i))) {
            i++;
        }
        return i > 0 && i <= MAX_METHOD && i < request.length() && request.charAt(i) == ' ' ? i : -1;
    }

    private static boolean isMethod(char c) {
        return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    private static Value method(String request, int end) {
        if (end == 3 && request.startsWith("GET")) {
            return GET;
        }
        String name = request.substring(0, end);
        Value known = METHODS.get(name);
        return known == null ? new Value.Text(name) : known;
    }

    /** The version at {@code from}, or null if there stands none: {@code HTTP/}, then digits and points. */
    private static @Nullable Value version(String request, int from) {
        int digits = from + 5;
        if (!request.startsWith("HTTP/", from) || digits == request.length() || request.length() - digits > 8) {
            return null;
        }
        for (int i = digits; i < request.length(); i++) {
            char c = request.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return null;
            }
        }
        String number = request.substring(digits);
        return switch (number) {
            case "1.1" -> HTTP_1_1;
            case "1.0" -> HTTP_1_0;
            case "2.0" -> HTTP_2_0;
            default -> new Value.Text(number);
        };
    }

    private static Map<String, Value> constants(List<String> names) {
        Map<String, Value> constants = new HashMap<>();
        names.forEach(name -> constants.put(name, new Value.Text(name)));
        return Map.copyOf(constants);
    }
}
