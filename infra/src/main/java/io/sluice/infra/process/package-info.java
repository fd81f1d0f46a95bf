/** Processes that this program starts and sees to their end. */
@NullMarked
package io.sluice.infra.process;

import org.jspecify.annotations.NullMarked;
