package io.sluice.ingest;

import io.sluice.redaction.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration with which no job starts; the message has a line for each problem, with its place and no secret. */
public final class ConfigRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ConfigRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
