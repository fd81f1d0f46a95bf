/** {@code send --follow}: files that are still written to, shipped as they grow, and where each was left. */
@NullMarked
package io.sluice.cli.follow;

import org.jspecify.annotations.NullMarked;
