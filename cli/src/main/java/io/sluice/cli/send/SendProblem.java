package io.sluice.cli.send;

/** Records could not be handed to Kafka; the message is one sentence for the person who sends. */
public final class SendProblem extends Exception {
    private static final long serialVersionUID = 1;

    public SendProblem(String message) {
        super(message);
    }

    public SendProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
