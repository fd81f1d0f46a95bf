/** From bytes to events: total functions without state, one package per format below. */
@NullMarked
package io.sluice.ingest.parse;

import org.jspecify.annotations.NullMarked;
