/** The collector: recorded requests of each tracker, through it and the boundary's parser. */
@NullMarked
package io.sluice.tests.collector;

import org.jspecify.annotations.NullMarked;
