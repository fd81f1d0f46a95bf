/** The intake of Elastic APM, as its agents send it. */
@NullMarked
package io.sluice.ingest.parse.apm;

import org.jspecify.annotations.NullMarked;
