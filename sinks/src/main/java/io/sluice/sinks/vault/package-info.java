/**
 * The vault: raw records, sealed, for a short fixed time.
 *
 * <p>{@link io.sluice.sinks.vault.BlockSealer} makes sealed blocks in the boundary task,
 * {@link io.sluice.sinks.vault.VaultSink} writes them to files and publishes what a completed checkpoint holds,
 * {@link io.sluice.sinks.vault.VaultReader} opens them in the server.
 */
@NullMarked
package io.sluice.sinks.vault;

import org.jspecify.annotations.NullMarked;
