/** What shippers wrap a line in: unwrapped, and the line parsed as if it had come alone. */
@NullMarked
package io.sluice.ingest.parse.envelope;

import org.jspecify.annotations.NullMarked;
