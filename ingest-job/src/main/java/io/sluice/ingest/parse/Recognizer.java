package io.sluice.ingest.parse;

/**
 * A parser that tells from the bytes alone whether a record is of its format, as {@code auto} asks it to.
 *
 * <p>Total and stateless, as every {@link LogParser}.
 */
public interface Recognizer extends LogParser {
    /**
     * Reads the record if it is of this format.
     *
     * @return whether it is; if not, nothing was given to the sink
     */
    boolean tryParse(Bytes record, ParseSink into);

    /** What it was recognised by: one short sentence without a value of any record. */
    String because();

    @Override
    default void parse(Bytes record, ParseSink into) {
        if (!tryParse(record, into)) {
            into.reject(Reason.UNPARSEABLE);
        }
    }
}
