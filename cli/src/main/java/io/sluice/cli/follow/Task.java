package io.sluice.cli.follow;

import io.sluice.ingest.parse.SourceOptions;
import java.util.function.LongSupplier;

/**
 * What all followed files share.
 *
 * @param options how they are read
 * @param millis a clock that never goes back
 */
record Task(SourceOptions options, Backlog backlog, LongSupplier millis) {}
