package io.sluice.ingest.offline;

/** A FILE could not be opened or read to its end; its message is one sentence for the person who named it. */
public final class UnreadableInput extends Exception {
    private static final long serialVersionUID = 1;

    /** @param what what is the matter and what to do */
    public UnreadableInput(String name, String what) {
        super("cannot read " + (name.equals(Input.STANDARD_INPUT) ? "standard input" : name) + ": " + what);
    }
}
