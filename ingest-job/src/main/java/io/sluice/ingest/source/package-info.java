/** From the raw topics to the task that holds plaintext: bytes, where they stood, and the right to go on. */
@NullMarked
package io.sluice.ingest.source;

import org.jspecify.annotations.NullMarked;
