package io.sluice.tests.stack;

import io.sluice.schema.CleanEvent;
import io.sluice.schema.OwnTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The committed events of one clean topic; each read goes on where the last one ended. Not thread-safe. */
public final class CleanTopic implements AutoCloseable {
    static {
        OwnTypes.trust();
    }

    private final CommittedRecords records;

    CleanTopic(Map<String, String> login, String topic) {
        records = new CommittedRecords(login, topic);
    }

    /** What was committed since the last read. */
    public void read(Consumer<CleanEvent> each) {
        records.read(record -> {
            try {
                each.accept(CleanEvent.fromByteBuffer(ByteBuffer.wrap(record.value())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The same as a list. */
    public List<CleanEvent> read() {
        List<CleanEvent> events = new ArrayList<>();
        read(events::add);
        return events;
    }

    @Override
    public void close() {
        records.close();
    }
}
