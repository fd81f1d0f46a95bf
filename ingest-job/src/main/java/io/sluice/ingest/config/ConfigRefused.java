package io.sluice.ingest.config;

import io.sluice.redaction.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration was not understood; its message lists all problems, one a line, and no secret. */
public final class ConfigRefused extends Exception {
    private static final long serialVersionUID = 1;

    public ConfigRefused(String message) {
        super(message);
    }

    public ConfigRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
}
