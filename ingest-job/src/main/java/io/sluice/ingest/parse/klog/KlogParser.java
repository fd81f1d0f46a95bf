package io.sluice.ingest.parse.klog;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.application.Levels;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** glog (C++), klog (Kubernetes) and Abseil; with a year, {@code I20240312}, or, as mostly, without. */
public final class KlogParser implements Recognizer {
    private static final TimePattern WITHOUT_YEAR = TimePattern.java("MMdd HH:mm:ss.SSS");
    private static final TimePattern WITH_YEAR = TimePattern.java("yyyyMMdd HH:mm:ss.SSS");

    private final ZoneId zone;

    /** @param zone of the times, which never say one */
    public KlogParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public LogFormat format() {
        return LogFormat.KLOG;
    }

    @Override
    public String because() {
        return "a level's letter, month and day, and a source file with a bracket behind it";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        Event event = read(Clean.bytes(record));
        if (event != null) {
            into.event(event);
        }
        return event != null;
    }

    private @Nullable Event read(Bytes record) {
        byte[] a = record.array();
        int from = record.from();
        int to = record.to();
        if (to - from < 20 || "DIWEFC".indexOf(a[from]) < 0) {
            return null;
        }
        TimeParts time = new TimeParts();
        int end = WITH_YEAR.read(a, from + 1, to, time);
        if (end < 0) {
            time = new TimeParts();
            end = WITHOUT_YEAR.read(a, from + 1, to, time);
        }
        int bracket = end;
        while (bracket >= 0 && bracket < to && a[bracket] != ']' && a[bracket] != '\n') {
            bracket++;
        }
        Event event = ApplicationFields.event();
        if (end < 0 || bracket == to || a[bracket] != ']' || !time.set(event, zone)) {
            return null;
        }
        String[] middle = new Bytes(a, end, bracket).text().strip().split(" +");
        if (middle.length > 1 && middle[0].matches("[0-9]{1,18}")) {
            event.set(FieldPath.of("process.thread.id"), Long.parseLong(middle[0]));
        }
        event.set(Fields.LOG_LEVEL, Levels.ofLetter((char) a[from]));
        event.set(Fields.LOG_LOGGER, middle[middle.length - 1]);
        ApplicationFields.message(
                event, new Bytes(a, Math.min(bracket + 1, to), to).text().stripLeading());
        return event;
    }
}
