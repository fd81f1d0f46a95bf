package io.sluice.ingest.parse;

/** Takes the records of one value, in order, as {@link Records#cut} finds them. Line numbers count from 0. */
public interface RecordSink {
    /**
     * One record.
     *
     * @param line its first line
     * @param lines how many lines it took; more than 1 only where continuation lines were joined
     * @param record its bytes, without the last line end; a slice of what was cut, valid as long as that
     */
    void record(int line, int lines, Bytes record);

    /** An empty line: no record. */
    void blank(int line);

    /** A line in which the framing's JSON pointer finds no text: a record, but an unreadable one. */
    void noText(int line, Bytes record);
}
