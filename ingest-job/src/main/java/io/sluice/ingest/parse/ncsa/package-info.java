/** NCSA access logs, common and combined, read from bytes in one pass. */
@NullMarked
package io.sluice.ingest.parse.ncsa;

import org.jspecify.annotations.NullMarked;
