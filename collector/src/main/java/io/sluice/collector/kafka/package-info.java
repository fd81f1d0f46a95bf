/** Where written requests go. */
@NullMarked
package io.sluice.collector.kafka;

import org.jspecify.annotations.NullMarked;
