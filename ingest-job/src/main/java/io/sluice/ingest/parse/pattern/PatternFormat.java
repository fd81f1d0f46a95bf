package io.sluice.ingest.parse.pattern;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a pattern of log4j (PatternLayout) or logback (PatternLayoutEncoder).
 *
 * <p>Widths ({@code %-5.5p}) are padding, which is taken away; colours and other wrappers ({@code %highlight(…)},
 * {@code %clr(…){faint}}, {@code %style{…}{…}}) leave what they wrap; exceptions ({@code %ex}) stand on lines of their
 * own. {@code %d} without a form is a time in any form that logs use. What has no field of its own stands below
 * {@code extra}, where no rule keeps it.
 */
public final class PatternFormat {
    private static final List<String> NAMES = List.of(
            "d",
            "date",
            "p",
            "le",
            "level",
            "t",
            "thread",
            "threadName",
            "tn",
            "tid",
            "threadId",
            "T",
            "tp",
            "c",
            "lo",
            "logger",
            "C",
            "class",
            "F",
            "file",
            "L",
            "line",
            "M",
            "method",
            "l",
            "location",
            "m",
            "msg",
            "message",
            "n",
            "X",
            "mdc",
            "MDC",
            "x",
            "NDC",
            "r",
            "relative",
            "ex",
            "exception",
            "throwable",
            "xEx",
            "xException",
            "xThrowable",
            "wEx",
            "wex",
            "rEx",
            "rException",
            "rThrowable",
            "nopex",
            "nopexception",
            "caller",
            "contextName",
            "cn",
            "marker",
            "markerSimpleName",
            "pid",
            "processId",
            "sn",
            "sequenceNumber",
            "N",
            "nano",
            "u",
            "uuid",
            "K",
            "map",
            "MAP",
            "property",
            "highlight",
            "style",
            "clr",
            "cyan",
            "red",
            "green",
            "blue",
            "yellow",
            "magenta",
            "white",
            "gray",
            "black",
            "boldRed",
            "boldGreen",
            "boldBlue",
            "boldYellow",
            "boldCyan",
            "boldMagenta",
            "boldWhite",
            "faint",
            "enc",
            "encode",
            "notEmpty",
            "varsNotEmpty",
            "variablesNotEmpty",
            "replace",
            "fqcn");
    private static final List<String> WRAPPERS =
            List.of("highlight", "style", "enc", "encode", "notEmpty", "replace", "varsNotEmpty", "variablesNotEmpty");

    private final boolean known;
    private String pattern;
    private final DeclaredFormat.Builder builder = new DeclaredFormat.Builder();
    private int at;
    /** Open parentheses of wrappers. */
    private int wraps;

    private boolean endsWithMessage;

    private PatternFormat(String pattern, boolean known) {
        this.pattern = pattern;
        this.known = known;
    }

    /** A compiled pattern, and whether its message goes on over the lines behind the first. */
    public record Compiled(DeclaredFormat format, boolean endsWithMessage) {}

    /**
     * The compiled pattern.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Compiled compile(String pattern) {
        return new PatternFormat(pattern, false).compile();
    }

    /** A pattern of a dialect that is guessed: its level must be the name of one. */
    public static Compiled guess(String pattern) {
        return new PatternFormat(pattern, true).compile();
    }

    /**
     * A parser of such lines.
     *
     * @throws IllegalArgumentException saying what is wrong with the pattern
     */
    public static Recognizer parser(String pattern, ZoneId zone) {
        return new PatternParser(LogFormat.PATTERN, "it fits its source's pattern", List.of(compile(pattern)), zone);
    }

    private Compiled compile() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '%') {
                conversion();
            } else if (c == '\\' && at < pattern.length()) {
                literal(
                        switch (pattern.charAt(at++)) {
                            case 'n', 'r' -> "";
                            case 't' -> "\t";
                            case 'u' -> "\\u";
                            default -> pattern.substring(at - 1, at);
                        });
            } else if (c == ')' && wraps > 0) {
                wraps--;
                skipOptions();
            } else {
                literal(String.valueOf(c));
            }
        }
        return new Compiled(builder.build(Escape.NONE), endsWithMessage);
    }

    private void literal(String text) {
        if (!text.isEmpty()) {
            builder.literal(text);
            endsWithMessage = false;
        }
    }

    private void slot(Slot slot) {
        builder.slot(slot);
        endsWithMessage = slot instanceof Slot.Message;
    }

    private void conversion() {
        while (at < pattern.length() && "-.0123456789".indexOf(pattern.charAt(at)) >= 0) {
            at++;
        }
        if (at < pattern.length() && pattern.charAt(at) == '%') {
            at++;
            literal("%");
            return;
        }
        if (at < pattern.length() && pattern.charAt(at) == '(') {
            at++;
            wraps++;
            return;
        }
        int from = at;
        while (at < pattern.length() && Character.isLetter(pattern.charAt(at))) {
            at++;
        }
        String name = longest(pattern.substring(from, at));
        if (name == null) {
            throw new IllegalArgumentException("a % of the pattern is followed by a conversion that is not understood");
        }
        at = from + name.length();
        add(name);
    }

    /** Names may be followed by letters that stand for themselves, as in {@code %dT}: the longest that is one counts. */
    private static @Nullable String longest(String letters) {
        for (int length = letters.length(); length > 0; length--) {
            if (NAMES.contains(letters.substring(0, length))) {
                return letters.substring(0, length);
            }
        }
        return null;
    }

    private void add(String name) {
        switch (name) {
            case "d", "date" -> time();
            case "p", "le", "level" -> plain(new Slot.Level(known));
            case "t", "thread", "threadName", "tn" -> plain(new Slot.Padded(ApplicationFields.THREAD, ByteClass.ANY));
            case "c", "lo", "logger" -> plain(new Slot.Padded(Fields.LOG_LOGGER, ByteClass.WORD));
            case "m", "msg", "message" -> plain(new Slot.Message());
            case "pid", "processId" -> plain(new Slot.Whole(ApplicationFields.PID));
            case "n",
                    "ex",
                    "exception",
                    "throwable",
                    "xEx",
                    "xException",
                    "xThrowable",
                    "wEx",
                    "wex",
                    "rEx",
                    "rException",
                    "rThrowable",
                    "nopex",
                    "nopexception",
                    "caller" -> skipOptions();
            case "X", "mdc", "MDC" -> mdc();
            default -> other(name);
        }
    }

    private void plain(Slot slot) {
        slot(slot);
        skipOptions();
    }

    private void time() {
        String form = option();
        String zone = option();
        if (form == null || form.isEmpty()) {
            slot(new Slot.AnyMoment());
        } else {
            slot(new Slot.Moment(TimePattern.java(form)));
        }
        if (zone != null) {
            skipOptions();
        }
    }

    private void mdc() {
        String key = option();
        String name = key == null ? "all" : key.replaceAll(":-.*", "");
        slot(new Slot.Padded(FieldPath.of("extra.mdc." + name), ByteClass.ANY));
    }

    /** A wrapper goes on behind its parenthesis or brace; anything else is a value without a field of its own. */
    private void other(String name) {
        if (at < pattern.length() && pattern.charAt(at) == '(') {
            at++;
            wraps++;
            return;
        }
        if (WRAPPERS.contains(name)) {
            String inner = option();
            skipOptions();
            if (inner != null) {
                pattern = inner + pattern.substring(at);
                at = 0;
            }
            return;
        }
        slot(new Slot.Padded(FieldPath.of("extra." + name), ByteClass.ANY));
        skipOptions();
    }

    /** What stands in braces at the current place, braces inside it included; null if there are none. */
    private @Nullable String option() {
        if (at >= pattern.length() || pattern.charAt(at) != '{') {
            return null;
        }
        int depth = 0;
        for (int i = at; i < pattern.length(); i++) {
            depth += pattern.charAt(i) == '{' ? 1 : pattern.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                String option = pattern.substring(at + 1, i);
                at = i + 1;
                return option;
            }
        }
        throw new IllegalArgumentException("a brace of the pattern is not closed");
    }

    private void skipOptions() {
        while (option() != null) {
            // none of them changes what is written where
        }
    }
}
