package io.sluice.console;

import io.sluice.redaction.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that the server does not start with; the message has a line for each problem, with its place. */
public final class ConfigRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    public ConfigRefused(String message) {
        super(message);
    }

    public ConfigRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
