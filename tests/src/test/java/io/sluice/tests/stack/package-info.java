/** The embedded stack, started for real. */
@NullMarked
package io.sluice.tests.stack;

import org.jspecify.annotations.NullMarked;
