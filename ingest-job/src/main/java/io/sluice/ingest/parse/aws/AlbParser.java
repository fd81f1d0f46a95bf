package io.sluice.ingest.parse.aws;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

/**
 * AWS Application Load Balancer access logs ("Access log entries" of its user guide). The request holds a whole URL; what
 * stands behind the user agent has no field of its own and is not taken apart, for AWS adds to it from time to time.
 */
public final class AlbParser implements Recognizer {
    private static final Value PROVIDER = new Value.Text("access-log");
    private static final List<byte[]> TYPES =
            List.of(ascii("http "), ascii("https "), ascii("h2 "), ascii("grpcs "), ascii("ws "), ascii("wss "));
    private static final FieldPath DURATION = FieldPath.of("extra.aws.target_processing_seconds");

    private static final DeclaredFormat FORMAT = new DeclaredFormat.Builder()
            .slot(word("type"))
            .literal(" ")
            .slot(new Slot.Moment(TimePattern.strftime("%Y-%m-%dT%H:%M:%S.%f%z")))
            .literal(" ")
            .slot(word("load_balancer"))
            .literal(" ")
            .slot(new Slot.AddressWithPort())
            .literal(" ")
            .slot(word("target"))
            .literal(" ")
            .slot(word("request_processing_seconds"))
            .literal(" ")
            .slot(new Slot.Word(DURATION, ByteClass.WORD))
            .literal(" ")
            .slot(word("response_processing_seconds"))
            .literal(" ")
            .slot(new Slot.Status())
            .literal(" ")
            .slot(word("target_status"))
            .literal(" ")
            .slot(new Slot.Whole(FieldPath.of("http.request.bytes")))
            .literal(" ")
            .slot(new Slot.Whole(FieldPath.of("http.response.bytes")))
            .literal(" \"")
            .slot(new Slot.Request())
            .literal("\" \"")
            .slot(new Slot.Text(Fields.USER_AGENT))
            .literal("\" ")
            .slot(new Slot.Rest(FieldPath.of("extra.aws.rest")))
            .build(Escape.BACKSLASH);

    private static Slot word(String name) {
        return new Slot.Word(FieldPath.of("extra.aws." + name), ByteClass.WORD);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public LogFormat format() {
        return LogFormat.ALB;
    }

    @Override
    public String because() {
        return "a kind of request, a time, and the name of a load balancer with addresses and ports";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        if (TYPES.stream().noneMatch(type -> begins(record, type))) {
            return false;
        }
        Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
        if (FORMAT.read(record, event, ZoneOffset.UTC, into.texts()) != null) {
            return false;
        }
        into.event(event);
        return true;
    }

    private static boolean begins(Bytes record, byte[] word) {
        if (record.length() < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (record.at(i) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
