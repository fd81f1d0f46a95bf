/** The embedded Kafka broker, a process of its own. */
@NullMarked
package io.sluice.infra.kafka;

import org.jspecify.annotations.NullMarked;
