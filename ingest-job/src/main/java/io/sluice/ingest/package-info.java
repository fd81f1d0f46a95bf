/** The two jobs, their wiring and their configuration. */
@NullMarked
package io.sluice.ingest;

import org.jspecify.annotations.NullMarked;
