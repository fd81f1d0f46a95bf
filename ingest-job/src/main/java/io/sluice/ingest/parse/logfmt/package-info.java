/** logfmt: {@code key=value} pairs in a line. */
@NullMarked
package io.sluice.ingest.parse.logfmt;

import org.jspecify.annotations.NullMarked;
