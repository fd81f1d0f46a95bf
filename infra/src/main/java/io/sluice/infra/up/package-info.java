/** What {@code sluice up} does: everything on one machine, started, watched and stopped. */
@NullMarked
package io.sluice.infra.up;

import org.jspecify.annotations.NullMarked;
