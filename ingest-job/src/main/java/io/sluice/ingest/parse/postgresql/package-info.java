/** PostgreSQL's server log, as text and as CSV. */
@NullMarked
package io.sluice.ingest.parse.postgresql;

import org.jspecify.annotations.NullMarked;
