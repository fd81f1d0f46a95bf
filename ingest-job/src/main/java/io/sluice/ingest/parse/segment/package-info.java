/** The calls of the Segment specification, as Segment's and RudderStack's libraries send them. */
@NullMarked
package io.sluice.ingest.parse.segment;

import org.jspecify.annotations.NullMarked;
