/** Snowplow's tracker protocol: payloads by POST, and pixels. */
@NullMarked
package io.sluice.ingest.parse.snowplow;

import org.jspecify.annotations.NullMarked;
