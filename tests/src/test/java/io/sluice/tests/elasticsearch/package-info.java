/** The index sink against a real Elasticsearch and a real Kafka. */
@NullMarked
package io.sluice.tests.elasticsearch;

import org.jspecify.annotations.NullMarked;
