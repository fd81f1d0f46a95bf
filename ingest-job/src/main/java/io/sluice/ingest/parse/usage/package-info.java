/** Our own usage event. */
@NullMarked
package io.sluice.ingest.parse.usage;

import org.jspecify.annotations.NullMarked;
