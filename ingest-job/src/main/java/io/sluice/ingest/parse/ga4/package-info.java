/** The Measurement Protocol of Google Analytics 4. */
@NullMarked
package io.sluice.ingest.parse.ga4;

import org.jspecify.annotations.NullMarked;
