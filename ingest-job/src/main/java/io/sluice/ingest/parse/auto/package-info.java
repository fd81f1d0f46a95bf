/** The format found out record by record, from the bytes alone. */
@NullMarked
package io.sluice.ingest.parse.auto;

import org.jspecify.annotations.NullMarked;
