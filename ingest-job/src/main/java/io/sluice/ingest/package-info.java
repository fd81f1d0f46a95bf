/** The two jobs and their topologies: the only wiring. */
@NullMarked
package io.sluice.ingest;

import org.jspecify.annotations.NullMarked;
