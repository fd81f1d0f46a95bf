package io.sluice.ingest.parse.w3c;

import static java.util.Map.entry;

import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compiles the columns of a {@code #Fields} line (https://www.w3.org/TR/WD-logfile; names of IIS and CloudFront).
 *
 * <p>Tabs separate the values of CloudFront, which percent-encodes them; blanks those of IIS, which writes a plus sign
 * for a blank. Columns without a field of their own stand below {@code extra.w3c}.
 */
final class W3cColumns {
    /** The columns that CloudFront writes (Standard log file format, version 1.0). */
    static final String CLOUDFRONT =
            "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
                    + "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header "
                    + "cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher "
                    + "x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port "
                    + "time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start "
                    + "sc-range-end";

    private static final String PREFIX = "#Fields:";
    private static final FieldPath DURATION = FieldPath.of("event.duration");

    private static final Map<String, Slot> COLUMNS = Map.ofEntries(
            entry("date", new Slot.Moment(TimePattern.strftime("%Y-%m-%d"))),
            entry("time", new Slot.Moment(TimePattern.strftime("%H:%M:%S"))),
            entry("c-ip", new Slot.Address()),
            entry("c-port", new Slot.Whole(FieldPath.of("source.port"))),
            entry("x-forwarded-for", Slot.header("x-forwarded-for")),
            entry("s-ip", new Slot.Word(FieldPath.of("destination.ip"), ByteClass.WORD)),
            entry("s-port", new Slot.Whole(FieldPath.of("destination.port"))),
            entry("s-computername", new Slot.Word(FieldPath.of("host.hostname"), ByteClass.WORD)),
            entry("cs-method", new Slot.Word(Fields.HTTP_METHOD, ByteClass.WORD)),
            entry("cs-uri-stem", new Slot.Path()),
            entry("cs-uri-query", new Slot.Query(false)),
            entry("cs-uri", new Slot.Text(Fields.URL_ORIGINAL)),
            entry("cs-username", new Slot.User()),
            entry("cs-version", new Slot.Protocol()),
            entry("cs-protocol-version", new Slot.Protocol()),
            entry("cs-host", new Slot.Word(FieldPath.of("destination.domain"), ByteClass.WORD)),
            entry("x-host-header", new Slot.Word(FieldPath.of("destination.domain"), ByteClass.WORD)),
            entry("cs-bytes", new Slot.Whole(FieldPath.of("http.request.bytes"))),
            entry("sc-bytes", new Slot.Whole(FieldPath.of("http.response.bytes"))),
            entry("sc-content-len", new Slot.Whole(Fields.HTTP_BYTES)),
            entry("sc-content-type", new Slot.Text(FieldPath.of("http.response.mime_type"))),
            entry("sc-status", new Slot.Status()),
            entry("x-edge-request-id", new Slot.Word(FieldPath.of("http.request.id"), ByteClass.WORD)));

    private W3cColumns() {}

    /**
     * The format of the lines below a header.
     *
     * @param header with {@code #Fields:} or without
     * @param tabs whether tabs separate the values
     * @throws IllegalArgumentException if it names no columns
     */
    static DeclaredFormat compile(String header, boolean tabs) {
        String names = header.strip();
        names = (names.startsWith(PREFIX) ? names.substring(PREFIX.length()) : names).strip();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("#Fields names at least one column");
        }
        List<String> columns = List.of(names.split("[ \t]+"));
        DeclaredFormat.Builder builder = new DeclaredFormat.Builder();
        for (String column : columns) {
            if (!builder.isEmpty()) {
                builder.literal(tabs ? "\t" : " ");
            }
            builder.slot(slot(column.toLowerCase(Locale.ROOT), tabs));
        }
        return builder.build(Escape.NONE);
    }

    private static Slot slot(String column, boolean tabs) {
        if (column.equals("time-taken")) { // milliseconds for IIS, seconds for CloudFront
            return new Slot.Duration(DURATION, tabs ? 1_000_000_000 : 1_000_000);
        }
        Slot known = COLUMNS.get(column);
        if (known != null) {
            return known;
        }
        String header = column.endsWith(")") ? column.substring(column.indexOf('(') + 1, column.length() - 1) : "";
        if (column.startsWith("cs(")) {
            return switch (header) {
                case "user-agent" -> new Slot.Encoded(Fields.USER_AGENT, !tabs);
                case "referer" -> new Slot.Encoded(Fields.HTTP_REFERRER, !tabs);
                case "host" -> new Slot.Word(FieldPath.of("destination.domain"), ByteClass.WORD);
                case "accept-language" -> new Slot.Encoded(Fields.USER_AGENT_LANGUAGE, !tabs);
                default -> new Slot.Encoded(FieldPath.of(Fields.HTTP_HEADERS + "." + header), !tabs);
            };
        }
        return column.startsWith("sc(") ? Slot.responseHeader(header) : Slot.extra("w3c." + column);
    }
}
