/** The HTTP endpoint for trackers: writes their requests down, and acknowledges what Kafka acknowledged. */
@NullMarked
package io.sluice.collector;

import org.jspecify.annotations.NullMarked;
