/** What a request is, and how it is written down: pure, without web and without Kafka. */
@NullMarked
package io.sluice.collector.request;

import org.jspecify.annotations.NullMarked;
