package io.sluice.ingest.parse.ncsa;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Texts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Arrays;
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
    private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};
    private static final Map<String, Value> METHODS =
            constants(List.of("POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND"));
    private static final Value GET = new Value.Text("GET");
    private static final Value HTTP_1_1 = new Value.Text("1.1");
    private static final Value HTTP_1_0 = new Value.Text("1.0");
    private static final Value HTTP_2_0 = new Value.Text("2.0");

    private RequestLine() {}

    /** Sets the fields of a request; empty and {@code -} set none. */
    public static void read(String request, Event event) {
        read(Bytes.of(request), Texts.PLAIN, event);
    }

    /** Sets the fields of a request; empty and {@code -} set none. */
    public static void read(Bytes request, Texts texts, Event event) {
        byte[] a = request.array();
        int to = request.to();
        int methodEnd = methodEnd(a, request.from(), to);
        if (methodEnd < 0) {
            texts.set(event, Fields.URL_ORIGINAL, a, request.from(), to);
            return;
        }
        event.set(Fields.HTTP_METHOD, method(a, request.from(), methodEnd, texts));
        int lastSpace = to - 1;
        while (a[lastSpace] != ' ') {
            lastSpace--;
        }
        Value version = lastSpace > methodEnd ? version(a, lastSpace + 1, to, texts) : null;
        texts.set(event, Fields.URL_ORIGINAL, a, methodEnd + 1, version == null ? to : lastSpace);
        if (version != null) {
            event.set(Fields.HTTP_VERSION, version);
        }
    }

    /** The space behind the method, or -1. */
    private static int methodEnd(byte[] a, int from, int to) {
        int i = from;
        while (i < to && i - from <= MAX_METHOD && isMethod(a[i])) {
            i++;
        }
        return i > from && i - from <= MAX_METHOD && i < to && a[i] == ' ' ? i : -1;
    }

    private static boolean isMethod(byte c) {
        return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    private static Value method(byte[] a, int from, int end, Texts texts) {
        if (end - from == 3 && a[from] == 'G' && a[from + 1] == 'E' && a[from + 2] == 'T') {
            return GET;
        }
        Value.Text method = texts.of(a, from, end);
        Value known = METHODS.get(method.text());
        return known == null ? method : known;
    }

    /** The version at {@code from}, or null if there stands none: {@code HTTP/}, then digits and points. */
    private static @Nullable Value version(byte[] a, int from, int to, Texts texts) {
        int digits = from + HTTP.length;
        if (digits >= to || to - digits > 8 || !Arrays.equals(a, from, digits, HTTP, 0, HTTP.length)) {
            return null;
        }
        for (int i = digits; i < to; i++) {
            if (a[i] != '.' && (a[i] < '0' || a[i] > '9')) {
                return null;
            }
        }
        if (to - digits == 3 && a[digits + 1] == '.') {
            Value known = known(a[digits], a[digits + 2]);
            if (known != null) {
                return known;
            }
        }
        return texts.of(a, digits, to);
    }

    private static @Nullable Value known(byte major, byte minor) {
        if (major == '1') {
            return minor == '1' ? HTTP_1_1 : minor == '0' ? HTTP_1_0 : null;
        }
        return major == '2' && minor == '0' ? HTTP_2_0 : null;
    }

    private static Map<String, Value> constants(List<String> names) {
        Map<String, Value> constants = new HashMap<>();
        names.forEach(name -> constants.put(name, new Value.Text(name)));
        return Map.copyOf(constants);
    }
}
