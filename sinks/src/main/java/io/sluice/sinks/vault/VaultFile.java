package io.sluice.sinks.vault;

/**
 * A file of the vault of which something is published.
 *
 * @param bucket its bucket, such as {@code 2024-01-10T12-quarantine}
 * @param name its name
 * @param length published bytes of its container
 * @param runs published bytes of its index's runs; means nothing when it is closed
 * @param closed whether nothing more comes
 */
public record VaultFile(String bucket, String name, long length, long runs, boolean closed) {}
