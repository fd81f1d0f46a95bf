/** The configurations of other shippers in {@code infra/shippers}. */
@NullMarked
package io.sluice.tests.shippers;

import org.jspecify.annotations.NullMarked;
