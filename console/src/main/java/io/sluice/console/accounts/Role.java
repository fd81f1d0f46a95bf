package io.sluice.console.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an account may do; {@code docs/threat-model.md} has one row per role. */
public enum Role {
    /** Reads figures of groups, never a single event. */
    ANALYST,
    /** Investigates unauthorized use, by case. */
    SECURITY,
    /** Answers access, correction, deletion and opt-out requests. */
    OFFICER,
    /** Adds redaction rules. */
    ENGINEER,
    /** Runs the installation and its accounts. */
    OPERATOR,
    /** Looks forward from a known customer to that customer's usage, and records opt-outs. */
    SUPPORT;

    /** The name as it stands in files, requests and answers, such as {@code analyst}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a {@link #label()}; empty if there is none. */
    public static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }

    /** All labels in one line, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(Role::label).collect(Collectors.joining(", "));
    }
}
