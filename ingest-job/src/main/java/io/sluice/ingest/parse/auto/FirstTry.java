package io.sluice.ingest.parse.auto;

import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Texts;
import io.sluice.redaction.event.Event;
import org.jspecify.annotations.Nullable;

/** Keeps what one parser made of a record, until it is known whether another does better. */
final class FirstTry implements ParseSink {
    private final Texts texts;

    @Nullable
    Event event;

    @Nullable
    Reason reason;

    FirstTry(Texts texts) {
        this.texts = texts;
    }

    @Override
    public Texts texts() {
        return texts;
    }

    @Override
    public void event(Event event) {
        this.event = event;
    }

    @Override
    public void reject(Reason reason) {
        this.reason = reason;
    }

    @Override
    public void header() {
        this.reason = Reason.UNPARSEABLE;
    }
}
