package io.sluice.ingest.parse.application;

import io.sluice.ingest.parse.text.Clean;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;

/** What events of applications have in common. */
public final class ApplicationFields {
    public static final FieldPath STACK_TRACE = FieldPath.of("error.stack_trace");
    public static final FieldPath THREAD = FieldPath.of("process.thread.name");
    public static final FieldPath PROCESS = FieldPath.of("process.name");
    public static final FieldPath PID = FieldPath.of("process.pid");
    public static final FieldPath HOST = FieldPath.of("host.hostname");

    private static final Value PROVIDER = new Value.Text("application-log");

    private ApplicationFields() {}

    /** An event of an application, with nothing on it yet. */
    public static Event event() {
        return new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
    }

    /** Sets the message, white space around it and control characters taken away. */
    public static void message(Event event, String text) {
        event.set(Fields.MESSAGE, Clean.text(text).strip());
    }
}
