package io.sluice.keys;

/**
 * The token key of one purpose for one epoch.
 *
 * @param epoch label as it stands in tokens, such as {@code 2024q1}
 * @param key the key
 */
public record EpochKey(String epoch, KeyedHash key) {}
