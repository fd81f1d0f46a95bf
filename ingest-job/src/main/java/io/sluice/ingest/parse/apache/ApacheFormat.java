package io.sluice.ingest.parse.apache;

import static java.util.Map.entry;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.DeclaredParser;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a {@code LogFormat} of Apache httpd.
 *
 * <p>Taken are the bare format, the whole directive {@code LogFormat "…" name}, and the names {@code common},
 * {@code combined} and {@code vhost_combined} of Apache's own configuration. Directives are those of mod_log_config
 * (https://httpd.apache.org/docs/2.4/mod/mod_log_config.html), mod_logio and mod_ssl. A condition on the status
 * ({@code %400,501{…}i}) and the choice of the first or last request ({@code %>s}) change no field: a value that is not
 * logged is a dash. What has no field of its own stands below {@code extra.apache}, where no rule keeps it.
 */
public final class ApacheFormat {
    private static final String COMMON = "%h %l %u %t \"%r\" %>s %b";
    private static final Map<String, String> NAMED = Map.of(
            "common", COMMON,
            "combined", COMMON + " \"%{Referer}i\" \"%{User-Agent}i\"",
            "combinedio", COMMON + " \"%{Referer}i\" \"%{User-Agent}i\" %I %O",
            "vhost_combined", "%v:%p " + COMMON + " \"%{Referer}i\" \"%{User-Agent}i\"");

    private static final FieldPath DURATION = FieldPath.of("event.duration");
    private static final FieldPath DESTINATION = FieldPath.of("destination.domain");
    private static final FieldPath PORT = FieldPath.of("destination.port");

    /** Directives without a name in braces. */
    private static final Map<String, Slot> PLAIN = Map.ofEntries(
            entry("a", new Slot.Address()),
            entry("h", new Slot.Address()),
            entry("A", new Slot.Word(FieldPath.of("destination.ip"), ByteClass.HOST)),
            entry("B", new Slot.Whole(Fields.HTTP_BYTES)),
            entry("b", new Slot.Whole(Fields.HTTP_BYTES)),
            entry("D", new Slot.Duration(DURATION, 1_000)),
            entry("T", new Slot.Duration(DURATION, 1_000_000_000)),
            entry("f", Slot.extra("apache.file")),
            entry("H", new Slot.Protocol()),
            entry("k", new Slot.Whole(FieldPath.of("extra.apache.keep_alive_requests"))),
            entry("l", new Slot.Word(FieldPath.of("extra.apache.ident"), ByteClass.WORD)),
            entry("L", new Slot.Word(FieldPath.of("extra.apache.log_id"), ByteClass.WORD)),
            entry("m", new Slot.Word(Fields.HTTP_METHOD, ByteClass.WORD)),
            entry("p", new Slot.Whole(PORT)),
            entry("P", new Slot.Whole(FieldPath.of("process.pid"))),
            entry("q", new Slot.Query(true)),
            entry("r", new Slot.Request()),
            entry("R", Slot.extra("apache.handler")),
            entry("s", new Slot.Status()),
            entry("u", new Slot.User()),
            entry("U", new Slot.Path()),
            entry("v", new Slot.Word(DESTINATION, ByteClass.WORD)),
            entry("V", new Slot.Word(DESTINATION, ByteClass.WORD)),
            entry("X", new Slot.Skipped(ByteClass.WORD)),
            entry("I", new Slot.Whole(FieldPath.of("http.request.bytes"))),
            entry("O", new Slot.Whole(FieldPath.of("http.response.bytes"))),
            entry("S", new Slot.Whole(FieldPath.of("extra.apache.bytes"))),
            entry("^FU", new Slot.Whole(FieldPath.of("extra.apache.upload_bytes"))),
            entry("^FB", new Slot.Whole(FieldPath.of("extra.apache.first_byte"))));

    private final String text;
    private final DeclaredFormat.Builder builder = new DeclaredFormat.Builder();
    private int at;

    private ApacheFormat(String text) {
        this.text = text;
    }

    /**
     * The compiled format.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static DeclaredFormat compile(String logFormat) {
        String format = logFormat;
        if (format.regionMatches(true, 0, "LogFormat ", 0, 10)) {
            format = argument(format.substring(10).strip());
        }
        return new ApacheFormat(NAMED.getOrDefault(format.strip(), format)).compile();
    }

    /**
     * A parser of such lines.
     *
     * @param logFormat null for {@code combined}
     * @throws IllegalArgumentException saying what is wrong with the format
     */
    public static LogParser parser(@Nullable String logFormat, ZoneId zone) {
        return new DeclaredParser(LogFormat.APACHE, compile(logFormat == null ? "combined" : logFormat), zone);
    }

    /** The first argument of a directive: quoted, with {@code \"} inside. */
    private static String argument(String arguments) {
        if (!arguments.startsWith("\"")) {
            throw new IllegalArgumentException("a format of LogFormat stands in double quotes");
        }
        int i = 1;
        while (i < arguments.length() && arguments.charAt(i) != '"') {
            i += arguments.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= arguments.length()) {
            throw new IllegalArgumentException("a quote of the format is not closed");
        }
        return arguments.substring(1, i);
    }

    private DeclaredFormat compile() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '%') {
                directive();
            } else if (c == '\\' && at < text.length()) {
                builder.literal(escaped(text.charAt(at++)));
            } else {
                builder.literal(String.valueOf(c));
            }
        }
        return builder.build(Escape.BACKSLASH);
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '"', '\\' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    /** Behind a percent sign: conditions, {@code <} or {@code >}, a name in braces, and the letter. */
    private void directive() {
        String name = null;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("a brace of the format is not closed");
                }
                name = text.substring(at, end);
                at = end + 1;
            } else if (c == '%') {
                builder.literal("%");
                return;
            } else if (c != '<' && c != '>' && c != '!' && c != ',' && !(c >= '0' && c <= '9')) {
                add(name, letter(c));
                return;
            }
        }
        throw new IllegalArgumentException("a % is followed by a directive");
    }

    private String letter(char c) {
        if (c != '^') {
            return String.valueOf(c);
        }
        if (text.startsWith("ti", at) || text.startsWith("to", at)) {
            at += 2;
            return "^t";
        }
        String letters = text.substring(at - 1, Math.min(text.length(), at + 2));
        at += 2;
        return letters;
    }

    private void add(@Nullable String name, String letter) {
        if (letter.equals("t")) {
            time(name == null ? "" : name);
            return;
        }
        Slot slot = name == null || name.isEmpty() ? PLAIN.get(letter) : named(name, letter);
        if (slot == null) {
            throw new IllegalArgumentException("%" + letter + " is no directive that is understood");
        }
        builder.slot(slot);
    }

    private static @Nullable Slot named(String name, String letter) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (letter) {
            case "i" ->
                switch (lower) {
                    case "referer" -> new Slot.Text(Fields.HTTP_REFERRER);
                    case "user-agent" -> new Slot.Text(Fields.USER_AGENT);
                    case "accept-language" -> new Slot.Text(Fields.USER_AGENT_LANGUAGE);
                    case "host" -> new Slot.Word(DESTINATION, ByteClass.WORD);
                    default -> Slot.header(lower);
                };
            case "o" ->
                lower.equals("content-type")
                        ? new Slot.Text(FieldPath.of("http.response.mime_type"))
                        : Slot.responseHeader(lower);
            case "C" -> new Slot.Cookie(name);
            case "a" -> lower.equals("c") ? new Slot.Word(FieldPath.of("extra.apache.peer"), ByteClass.WORD) : null;
            case "h" -> new Slot.Address();
            case "T" ->
                switch (lower) {
                    case "s" -> new Slot.Duration(DURATION, 1_000_000_000);
                    case "ms" -> new Slot.Duration(DURATION, 1_000_000);
                    case "us" -> new Slot.Duration(DURATION, 1_000);
                    default -> null;
                };
            case "p" -> new Slot.Whole(lower.equals("remote") ? FieldPath.of("source.port") : PORT);
            case "P" ->
                lower.equals("pid")
                        ? new Slot.Whole(FieldPath.of("process.pid"))
                        : new Slot.Word(FieldPath.of("extra.apache." + lower), ByteClass.WORD);
            case "L" -> new Slot.Word(FieldPath.of("extra.apache.log_id"), ByteClass.WORD);
            case "x", "c", "e", "n", "^t", "g" -> Slot.extra("apache." + lower);
            default -> PLAIN.get(letter);
        };
    }

    /** {@code %t} with its brackets, or the form in braces; {@code begin:} is the same time, {@code end:} counts too. */
    private void time(String form) {
        String pattern = form.replaceFirst("^(begin|end)(:|$)", "");
        switch (pattern) {
            case "" -> builder.literal("[").slot(new Slot.NcsaMoment()).literal("]");
            case "sec" -> builder.slot(new Slot.Epoch(1_000_000_000));
            case "msec" -> builder.slot(new Slot.Epoch(1_000_000));
            case "usec" -> builder.slot(new Slot.Epoch(1_000));
            case "msec_frac" -> builder.slot(new Slot.Fraction(3));
            case "usec_frac" -> builder.slot(new Slot.Fraction(6));
            default -> builder.slot(new Slot.Moment(TimePattern.strftime(pattern)));
        }
    }
}
