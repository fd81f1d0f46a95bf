package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.declared.Directive.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A line as the server writes it, with random values, and the fields that must be read from it.
 *
 * <p>A value never holds what stands behind it in the format, unless the server escapes that: of such a line nobody can
 * tell what was meant. A time may, by its own form; lists of proxies and of upstreams, whose blanks stand behind a
 * comma or around a colon. Nor is a value written as nothing before a dash, which is how others write that nothing.
 */
final class WrittenLine {
    private static final String XFF = "http.request.headers.x-forwarded-for";
    private static final String[] FREE = {
        "a", "Z", "0", " ", " ", "\"", "\\", "/", "?", "[", "]", "{", "}", "|", "^", ",", ";", "=", ":", "%", "'", "<",
        ">", "-", "é", "日", "😀", "x41", "\\x41", "\\n", "\\u0041", "%20", "\" \"", "\"}", "] \"", "\\\"", "+"
    };
    private static final String[] CONTROLS = {"\n", "\t", "\r", "\b", "\f", "\u000B", "\u0001", "\u001F", "\u007F"};

    final Map<String, String> fields = new TreeMap<>(Map.of("event.provider", "access-log"));
    final byte[] bytes;

    private final WrittenFormat format;
    private final Random random;
    private String path;
    private String query;

    private WrittenLine(WrittenFormat format, Random random) {
        this.format = format;
        this.random = random;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(format.head().getBytes(StandardCharsets.UTF_8));
        for (WrittenFormat.Piece piece : format.pieces()) {
            Drawn drawn = draw(piece);
            out.writeBytes(drawn.written.getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(piece.then().getBytes(StandardCharsets.UTF_8));
            found(piece.directive(), drawn.value);
        }
        if (path != null) {
            fields.put("url.original", query == null ? path : path + "?" + query);
        }
        String way = fields.get(XFF);
        if (way != null && !fields.containsKey("source.address")) {
            address(way.substring(way.lastIndexOf(',') + 1).strip());
        }
        bytes = out.toByteArray();
    }

    static WrittenLine random(WrittenFormat format, Random random) {
        return new WrittenLine(format, random);
    }

    /** A value, empty if it is absent, and how the server writes it, a character for each byte. */
    private record Drawn(String value, String written) {}

    private Drawn draw(WrittenFormat.Piece piece) {
        String then = new String(piece.then().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 200; i++) {
            Drawn drawn = draw(piece.directive().kind());
            if (then.isEmpty()
                    || (drawn.written + then).indexOf(then) == drawn.written.length()
                            && !(drawn.written.isEmpty() && then.startsWith("-"))
                    || piece.directive().kind() == Kind.TIME
                    || isList(piece.directive().kind()) && then.equals(" ")) {
                return drawn;
            }
        }
        throw new AssertionError("no value of " + piece.directive() + " stands before " + then);
    }

    private static boolean isList(Kind kind) {
        return kind == Kind.FORWARDED || kind == Kind.TRIES;
    }

    private Drawn draw(Kind kind) {
        return switch (kind) {
            case TIME -> {
                OffsetDateTime time = format.time().draw(random);
                yield new Drawn(
                        time.toInstant().toString(), format.time().form().apply(time));
            }
            case TARGET -> target();
            case QUERY -> query();
            case USER -> user();
            case FREE, COOKIE -> maybe(text());
            case ADDRESS -> always(oneAddress());
            case ADDRESSES -> always(addresses());
            case FORWARDED -> maybe(addresses());
            case TRIES -> maybe(tries());
            case TOKEN -> maybe("v" + Integer.toHexString(random.nextInt()) + (random.nextBoolean() ? ".1" : "x_2"));
            case HOST -> maybe("h" + random.nextInt(1000) + (random.nextInt(4) == 0 ? "z" : ".example.com"));
            case SCHEME -> always(random.nextBoolean() ? "http" : "https");
            case SKIPPED -> new Drawn("", format.escape().isNginx() ? "." : "+");
            case REQUEST -> request();
            case URI -> always("/" + text());
            case PATH -> always("/" + text());
            case METHOD -> always(random.nextBoolean() ? "GET" : "REPORT");
            case PROTOCOL -> always(random.nextBoolean() ? "HTTP/1.1" : "HTTP/2.0");
            case STATUS -> always(Integer.toString(100 + random.nextInt(500)));
            case COUNT -> always(Long.toString(random.nextLong(1L << 40)));
            case MAYBE_COUNT -> maybe(Long.toString(1 + random.nextLong(1L << 40)));
            case SECONDS -> {
                long milli = random.nextInt(100_000);
                yield new Drawn(
                        nanos(milli, 1_000_000), String.format(Locale.ROOT, "%d.%03d", milli / 1000, milli % 1000));
            }
            case MILLIS -> duration(1_000_000);
            case MICROS -> duration(1_000);
            case WHOLE_SECONDS -> duration(1_000_000_000);
        };
    }

    private Drawn duration(long unit) {
        long number = random.nextInt(1_000_000);
        return new Drawn(nanos(number, unit), Long.toString(number));
    }

    private static String nanos(long number, long unit) {
        return Long.toString(number * unit);
    }

    private Drawn always(String value) {
        return new Drawn(value, format.escape().written(value));
    }

    private Drawn maybe(String value) {
        return random.nextInt(4) == 0 ? new Drawn("", format.escape().absent()) : always(value);
    }

    /** Apache writes a user of no letters as two quotes. */
    private Drawn user() {
        if (format.escape() == ServerEscape.APACHE && random.nextInt(6) == 0) {
            return new Drawn("", "\"\"");
        }
        return maybe("u" + random.nextInt(1000) + (random.nextInt(4) == 0 ? " é\\d" : "@example.com"));
    }

    private Drawn request() {
        int choice = random.nextInt(12);
        if (choice == 0) {
            return new Drawn("", format.escape().absent());
        }
        if (choice == 1 && format.escape() != ServerEscape.NGINX_NONE) {
            return always("\u0016\u0003\u0001é" + text());
        }
        return always((choice < 6 ? "POST" : "GET") + " /" + text() + (choice == 11 ? " HTTP/2.0" : " HTTP/1.1"));
    }

    /** nginx logs the arguments bare, and a dash if there is no question mark; Apache with it, or nothing. */
    private Drawn query() {
        String text = text();
        if (format.escape().isNginx()) {
            return maybe(text);
        }
        return random.nextInt(4) == 0
                ? new Drawn("", "")
                : new Drawn(text, "?" + format.escape().written(text));
    }

    private Drawn target() {
        String bare = "/" + text().replace('?', 'q') + "e";
        ServerEscape escape = format.escape();
        int choice = random.nextInt(4);
        if (choice == 0) {
            return new Drawn(bare, escape.written(bare) + (escape.isNginx() ? escape.absent() : ""));
        }
        if (choice == 1) {
            return new Drawn(bare, escape.written(bare) + (escape.isNginx() ? "" : "?"));
        }
        return always(bare + "?" + text());
    }

    private String oneAddress() {
        return random.nextInt(3) > 0
                ? "192.0.2." + random.nextInt(256)
                : "2001:db8::" + Integer.toHexString(1 + random.nextInt(0xFFFE));
    }

    private String addresses() {
        StringBuilder all = new StringBuilder(oneAddress());
        for (int i = random.nextInt(3); i > 0; i--) {
            all.append(", ").append(oneAddress());
        }
        return all.toString();
    }

    private String tries() {
        StringBuilder all = new StringBuilder("0.00" + random.nextInt(10));
        for (int i = random.nextInt(3); i > 0; i--) {
            all.append(random.nextBoolean() ? ", " : " : ").append(random.nextBoolean() ? "0.5" : "-");
        }
        return all.toString();
    }

    /** Some characters, and never nothing or a dash alone, which would say that there is no value. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            boolean control = format.escape() != ServerEscape.NGINX_NONE && random.nextInt(12) == 0;
            text.append(control ? CONTROLS[random.nextInt(CONTROLS.length)] : FREE[random.nextInt(FREE.length)]);
        }
        return text.toString().equals("-") ? "a" : text.toString();
    }

    private void found(Directive directive, String value) {
        if (value.isEmpty()) {
            return;
        }
        switch (directive.kind()) {
            case SKIPPED -> {}
            case ADDRESS -> address(value);
            case ADDRESSES -> {
                int comma = value.lastIndexOf(',');
                address(value.substring(comma + 1).strip());
                if (comma >= 0) {
                    fields.put(XFF, value.substring(0, comma));
                }
            }
            case COOKIE -> fields.put("http.request.headers.cookie", directive.field() + "=" + value);
            case PROTOCOL -> fields.put("http.version", value.substring(5));
            case PATH, TARGET -> path = value;
            case QUERY -> query = value;
            case REQUEST -> request(value);
            default -> fields.put(directive.field(), value);
        }
    }

    private void request(String line) {
        int version = line.lastIndexOf(" HTTP/");
        if (line.charAt(0) < ' ') {
            fields.put("url.original", line);
        } else {
            fields.put("http.request.method", line.substring(0, line.indexOf(' ')));
            fields.put("url.original", line.substring(line.indexOf(' ') + 1, version));
            fields.put("http.version", line.substring(version + 6));
        }
    }

    private void address(String address) {
        fields.put("source.address", address);
        fields.put("source.ip", address);
    }
}
