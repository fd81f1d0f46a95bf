package io.sluice.ingest.offline;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** A FILE could not be opened or read to its end; its message is one sentence for the person who named it. */
public final class UnreadableInput extends Exception {
    private static final long serialVersionUID = 1;

    /** @param what what is the matter and what to do */
    public UnreadableInput(String name, String what) {
        super("cannot read " + (name.equals(Input.STANDARD_INPUT) ? "standard input" : name) + ": " + what);
    }

    /** What a failure to read means to a person. */
    public static UnreadableInput of(String name, IOException e) {
        if (e instanceof ZipException || e instanceof EOFException) {
            return new UnreadableInput(name, "its gzip data is damaged or ends too early; pack it again");
        }
        String reason = e.getMessage();
        return new UnreadableInput(name, "reading fails" + (reason == null ? "" : " (" + reason + ")"));
    }
}
