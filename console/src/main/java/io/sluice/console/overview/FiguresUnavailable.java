package io.sluice.console.overview;

/** Elasticsearch could not be asked; the message is one sentence for the person who asked, without an answer's text. */
public final class FiguresUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public FiguresUnavailable(String message) {
        super(message);
    }

    public FiguresUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
