package io.sluice.console.policies;

import java.util.List;

/** A policy does not go live; the message says why and what to do. */
public final class ActivationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<String> problems;

    /** What kind of refusal it is. */
    public enum Reason {
        /** The policy does not load. */
        INVALID,
        /** What is active does not go with it. */
        CONFLICT,
        /** This account may not. */
        FORBIDDEN,
        /** There is no such request. */
        UNKNOWN
    }

    ActivationRefused(Reason reason, String message) {
        this(reason, message, List.of());
    }

    /** @param problems of the policy, each with its place */
    ActivationRefused(Reason reason, String message, List<String> problems) {
        super(message);
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    public Reason reason() {
        return reason;
    }

    /** The problems of the policy, each with its place. */
    public List<String> problems() {
        return problems;
    }
}
