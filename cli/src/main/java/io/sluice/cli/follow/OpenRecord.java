package io.sluice.cli.follow;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.RecordSink;
import io.sluice.ingest.parse.Records;
import io.sluice.ingest.parse.SourceOptions;

/**
 * Where the last record of some whole lines begins: the next line may continue it.
 *
 * @param line how many lines stand before it
 * @param from how many bytes do; all, if an empty line ended it
 */
record OpenRecord(int line, int from) {
    static OpenRecord of(Bytes lines, SourceOptions options) {
        Last last = new Last();
        Records.cut(lines, options, last);
        int line = 0;
        int from = 0;
        for (int i = 0; i < lines.length() && line < last.line; i++) {
            if (lines.at(i) == '\n') {
                line++;
                from = i + 1;
            }
        }
        return new OpenRecord(line, from);
    }

    private static final class Last implements RecordSink {
        private int line;

        @Override
        public void record(int first, int lines, Bytes record) {
            line = first;
        }

        @Override
        public void blank(int blank) {
            line = blank + 1;
        }

        @Override
        public void noText(int first, Bytes record) {
            line = first;
        }
    }
}
