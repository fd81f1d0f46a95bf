package io.sluice.redaction.rule;

import io.sluice.redaction.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A policy has problems, and so does not load; its message lists all of them, one a line. */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public PolicyException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
