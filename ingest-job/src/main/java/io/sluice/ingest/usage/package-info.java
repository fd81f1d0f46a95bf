/** What counts as use: page views, and later visits and rollups. */
@NullMarked
package io.sluice.ingest.usage;

import org.jspecify.annotations.NullMarked;
