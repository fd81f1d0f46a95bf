/**
 * Clean events as documents in Elasticsearch: their form, their mapping, the sink that writes them and what happens to
 * those that Elasticsearch refuses.
 */
@NullMarked
package io.sluice.sinks.elasticsearch;

import org.jspecify.annotations.NullMarked;
