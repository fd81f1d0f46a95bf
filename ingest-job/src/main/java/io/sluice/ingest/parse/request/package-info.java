/** Requests as the collector wrote them down: unpacked, and the payload parsed as if it had come alone. */
@NullMarked
package io.sluice.ingest.parse.request;

import org.jspecify.annotations.NullMarked;
