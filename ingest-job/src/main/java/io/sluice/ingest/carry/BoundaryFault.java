package io.sluice.ingest.carry;

/**
 * The boundary cannot go on; its task restarts and tries again.
 *
 * <p>Guarantees: neither message nor stack trace of what was wrong in the first place goes along, for Flink shows them
 * on its pages and they could hold a value.
 */
public final class BoundaryFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param what a sentence of ours, without a value of a record */
    public BoundaryFault(String what) {
        super(what);
    }
}
