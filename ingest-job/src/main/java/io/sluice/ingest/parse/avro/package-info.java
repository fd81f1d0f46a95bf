/** Our own usage event in Avro. */
@NullMarked
package io.sluice.ingest.parse.avro;

import org.jspecify.annotations.NullMarked;
