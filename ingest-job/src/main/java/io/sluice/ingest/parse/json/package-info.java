/** JSON as values within limits, for the formats that are JSON. */
@NullMarked
package io.sluice.ingest.parse.json;

import org.jspecify.annotations.NullMarked;
