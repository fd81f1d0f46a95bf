/** The job graphs, read as Flink would run them. */
@NullMarked
package io.sluice.tests.topology;

import org.jspecify.annotations.NullMarked;
