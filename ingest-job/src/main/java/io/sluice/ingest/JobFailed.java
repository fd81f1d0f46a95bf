package io.sluice.ingest;

/** A job did not start, or ended by itself; the message is one sentence for a person, with what to do. */
public final class JobFailed extends Exception {
    private static final long serialVersionUID = 1;

    public JobFailed(String sentence) {
        super(sentence);
    }

    /** @param cause for those who debug; holds no value of a record */
    public JobFailed(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
