/** The server, started for real before a real Kafka and Elasticsearch. */
@NullMarked
package io.sluice.tests.console;

import org.jspecify.annotations.NullMarked;
