/** What the parsers of trackers' payloads share: batches, query strings, and how an event gets its fields. */
@NullMarked
package io.sluice.ingest.parse.tracker;

import org.jspecify.annotations.NullMarked;
