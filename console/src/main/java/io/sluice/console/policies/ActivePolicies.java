package io.sluice.console.policies;

import java.util.List;

/**
 * Which policies count, and which wait.
 *
 * @param jobRunning whether the boundary job reports
 * @param active the one that counts now, and those whose time is still to come
 * @param waiting what waits for a second account
 */
public record ActivePolicies(boolean jobRunning, List<Activation> active, List<Activation> waiting) {}
