package io.sluice.ingest.parse.declared;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A random format string of nginx or Apache, and lines as the server would write them. */
record WrittenFormat(boolean isNginx, String escape, String string, List<Piece> pieces) {
    private static final DateTimeFormatter NCSA =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ENGLISH);
    private static final DateTimeFormatter STRFTIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ENGLISH);
    private static final String[] FREE = {
        "a", "Z", "0", " ", "\"", "\\", "/", "?", "[", "]", "é", "日", "😀", "\n", "\t", "\u0001", "x41", "%20", "-", ","
    };
    private static final String[] SEPARATORS = {" ", "\t", " | ", "\" \"", ";", " [", "] ", "^", " - ", " k="};

    /** A value of a directive: how its text is drawn, and what field it becomes. */
    enum Kind {
        ADDRESS("$remote_addr", "%h", "source.address"),
        USER("$remote_user", "%u", "user.name"),
        NCSA_TIME("[$time_local]", "%t", "@timestamp"),
        ISO_TIME("$time_iso8601", "%{%Y-%m-%d %H:%M:%S %z}t", "@timestamp"),
        MSEC("$msec", "%{msec}t", "@timestamp"),
        REQUEST("\"$request\"", "\\\"%r\\\"", "url.original"),
        STATUS("$status", "%>s", "http.response.status_code"),
        BYTES("$body_bytes_sent", "%B", "http.response.body.bytes"),
        TOTAL("$bytes_sent", "%O", "http.response.bytes"),
        LENGTH("$request_length", "%I", "http.request.bytes"),
        DURATION("$request_time", "%D", "event.duration"),
        REFERRER("\"$http_referer\"", "\\\"%{Referer}i\\\"", "http.request.referrer"),
        AGENT("\"$http_user_agent\"", "\\\"%{User-Agent}i\\\"", "user_agent.original"),
        HEADER("\"$http_x_trace_id\"", "\\\"%{X-Trace-Id}i\\\"", "http.request.headers.x-trace-id"),
        GPC("\"$http_sec_gpc\"", "\\\"%{Sec-GPC}i\\\"", "http.request.headers.sec-gpc"),
        RESPONSE("\"$sent_http_x_cache\"", "\\\"%{X-Cache}o\\\"", "http.response.headers.x-cache"),
        COOKIE("\"$cookie_choice\"", "\\\"%{choice}C\\\"", "http.request.headers.cookie"),
        HOST("$host", "%v", "destination.domain"),
        UPSTREAM("\"$upstream_response_time\"", "\\\"%{note}n\\\"", null),
        METHOD("$request_method", "%m", "http.request.method"),
        PROTOCOL("$server_protocol", "%H", "http.version");

        private final String nginx;
        private final String apache;
        private final String field;

        Kind(String nginx, String apache, String field) {
            this.nginx = nginx;
            this.apache = apache;
            this.field = field;
        }

        String field(boolean isNginx) {
            return this == UPSTREAM ? isNginx ? "extra.nginx.upstream_response_time" : "extra.apache.note" : field;
        }
    }

    /** A directive and the literal behind it. */
    record Piece(Kind kind, String then) {}

    static WrittenFormat random(Random random) {
        boolean isNginx = random.nextBoolean();
        String escape = !isNginx ? "apache" : random.nextInt(3) == 0 ? "json" : "default";
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        Collections.shuffle(kinds, random);
        kinds = new ArrayList<>(kinds.subList(0, 2 + random.nextInt(kinds.size() - 2)));
        onlyOne(kinds, List.of(Kind.NCSA_TIME, Kind.ISO_TIME, Kind.MSEC));
        onlyOne(kinds, List.of(Kind.REQUEST, Kind.METHOD));
        onlyOne(kinds, List.of(Kind.REQUEST, Kind.PROTOCOL));
        List<Piece> pieces = new ArrayList<>();
        StringBuilder string = new StringBuilder(escape.equals("json") ? "escape=json " : "");
        for (int i = 0; i < kinds.size(); i++) {
            String then =
                    i + 1 == kinds.size() && random.nextBoolean() ? "" : SEPARATORS[random.nextInt(SEPARATORS.length)];
            pieces.add(new Piece(kinds.get(i), then));
            string.append(isNginx ? kinds.get(i).nginx : kinds.get(i).apache)
                    .append(isNginx ? then : then.replace("\"", "\\\"").replace("\t", "\\t"));
        }
        return new WrittenFormat(isNginx, escape, string.toString(), pieces);
    }

    private static void onlyOne(List<Kind> kinds, List<Kind> of) {
        of.stream().filter(kinds::contains).skip(1).toList().forEach(kinds::remove);
    }

    /** Writes one line; returns its fields as they must be read. */
    Map<String, String> write(Random random, ByteArrayOutputStream out) {
        Map<String, String> fields = new TreeMap<>(Map.of("event.provider", "access-log"));
        for (Piece piece : pieces) {
            value(piece, random, out, fields);
            raw(out, piece.then());
        }
        return fields;
    }

    private void value(Piece piece, Random random, ByteArrayOutputStream out, Map<String, String> fields) {
        String field = piece.kind().field(isNginx);
        switch (piece.kind()) {
            case ADDRESS -> {
                String address = random.nextBoolean()
                        ? "192.0.2." + random.nextInt(256)
                        : "2001:db8::" + Integer.toHexString(1 + random.nextInt(0xFFFE));
                raw(out, address);
                fields.put(field, address);
                fields.put("source.ip", address);
            }
            case USER -> word(field, "u" + random.nextInt(1000), random, out, fields);
            case HOST -> word(field, "h" + random.nextInt(1000) + ".example.com", random, out, fields);
            case METHOD -> word(field, random.nextBoolean() ? "GET" : "REPORT", random, out, fields);
            case NCSA_TIME, ISO_TIME, MSEC -> time(piece.kind(), random, out, fields);
            case REQUEST -> request(random, out, fields);
            case STATUS -> number(field, 100 + random.nextInt(500), out, fields);
            case BYTES, TOTAL, LENGTH -> number(field, random.nextLong(1L << 40), out, fields);
            case DURATION -> duration(random, out, fields);
            case PROTOCOL -> {
                String version = random.nextBoolean() ? "1.1" : "2.0";
                raw(out, "HTTP/" + version);
                fields.put(field, version);
            }
            default -> quoted(piece.kind(), field, random, out, fields);
        }
    }

    private static void word(
            String field, String value, Random random, ByteArrayOutputStream out, Map<String, String> fields) {
        if (random.nextInt(4) == 0) {
            raw(out, "-");
        } else {
            raw(out, value);
            fields.put(field, value);
        }
    }

    private static void number(String field, long value, ByteArrayOutputStream out, Map<String, String> fields) {
        raw(out, Long.toString(value));
        fields.put(field, Long.toString(value));
    }

    private void duration(Random random, ByteArrayOutputStream out, Map<String, String> fields) {
        long milli = random.nextInt(100_000);
        raw(out, isNginx ? String.format(Locale.ROOT, "%d.%03d", milli / 1000, milli % 1000) : milli * 1000 + "");
        fields.put("event.duration", Long.toString(milli * 1_000_000));
    }

    private void time(Kind kind, Random random, ByteArrayOutputStream out, Map<String, String> fields) {
        long second = random.nextLong(4_000_000_000L);
        OffsetDateTime time =
                Instant.ofEpochSecond(second).atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(105) - 48) * 900));
        int milli = kind == Kind.MSEC ? random.nextInt(1000) : 0;
        switch (kind) {
            case NCSA_TIME -> raw(out, "[" + NCSA.format(time) + "]");
            case ISO_TIME -> raw(out, (isNginx ? ISO : STRFTIME).format(time));
            default -> raw(out, String.format(Locale.ROOT, isNginx ? "%d.%03d" : "%d%03d", second, milli));
        }
        fields.put("@timestamp", Instant.ofEpochSecond(second).plusMillis(milli).toString());
    }

    private void request(Random random, ByteArrayOutputStream out, Map<String, String> fields) {
        String target = "/" + text(random);
        raw(out, "\"GET ");
        escaped(out, target);
        raw(out, " HTTP/1.1\"");
        fields.put("http.request.method", "GET");
        fields.put("url.original", target);
        fields.put("http.version", "1.1");
    }

    private void quoted(Kind kind, String field, Random random, ByteArrayOutputStream out, Map<String, String> fields) {
        String value = random.nextInt(4) == 0 ? "" : "v" + text(random);
        raw(out, "\"");
        escaped(out, value.isEmpty() && !escape.equals("json") ? "-" : value);
        raw(out, "\"");
        if (!value.isEmpty()) {
            fields.put(field, kind == Kind.COOKIE ? "choice=" + value : value);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(FREE[random.nextInt(FREE.length)]);
        }
        return text.toString();
    }

    private static void raw(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void escaped(ByteArrayOutputStream out, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            switch (escape) {
                case "json" -> json(out, b);
                case "default" -> nginx(out, b);
                default -> apache(out, b);
            }
        }
    }

    /** ngx_escape_json: quotes and backslashes, names for some controls, and code points for the others. */
    private static void json(ByteArrayOutputStream out, byte b) {
        if (b == '"' || b == '\\') {
            raw(out, "\\" + (char) b);
        } else if (b == '\n' || b == '\t') {
            raw(out, b == '\n' ? "\\n" : "\\t");
        } else if (b >= 0 && b < ' ') {
            raw(out, String.format("\\u%04X", (int) b));
        } else {
            out.write(b);
        }
    }

    /** ngx_http_log_escape: quotes, backslashes and all that is no printable ASCII. */
    private static void nginx(ByteArrayOutputStream out, byte b) {
        if (b == '"' || b == '\\' || b < ' ' || b == 127) {
            raw(out, String.format("\\x%02X", b));
        } else {
            out.write(b);
        }
    }

    /** ap_escape_logitem. */
    private static void apache(ByteArrayOutputStream out, byte b) {
        if (b == '"' || b == '\\') {
            raw(out, "\\" + (char) b);
        } else if (b == '\n' || b == '\t') {
            raw(out, b == '\n' ? "\\n" : "\\t");
        } else if (b < ' ' || b == 127) {
            raw(out, String.format("\\x%02x", b));
        } else {
            out.write(b);
        }
    }
}
