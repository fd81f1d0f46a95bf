package io.sluice.ingest.parse;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a value was cut into. */
public final class RecordList implements RecordSink {
    public final List<Bytes> records = new ArrayList<>();
    /** One entry a call, such as {@code 0+2:text}, {@code 3:blank}, {@code 4:no-text}. */
    public final List<String> calls = new ArrayList<>();

    @Override
    public void record(int line, int lines, Bytes record) {
        records.add(record);
        calls.add(line + "+" + lines + ":" + record.text());
    }

    @Override
    public void blank(int line) {
        calls.add(line + ":blank");
    }

    @Override
    public void noText(int line, Bytes record) {
        calls.add(line + ":no-text");
    }
}
