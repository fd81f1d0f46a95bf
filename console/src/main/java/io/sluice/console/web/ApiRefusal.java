package io.sluice.console.web;

/** A request that is answered with a status and one sentence. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param sentence for the person who asked; repeats nothing of the request */
    ApiRefusal(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
