/** The boundary over files instead of a topic: reading, framing, printing; pure, no Flink and no Kafka. */
@NullMarked
package io.sluice.ingest.offline;

import org.jspecify.annotations.NullMarked;
