/** Times as logs write them: declared by a pattern, or found out from their bytes. */
@NullMarked
package io.sluice.ingest.parse.time;

import org.jspecify.annotations.NullMarked;
