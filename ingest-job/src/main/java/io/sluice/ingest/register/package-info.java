/** Consent and policies beside the stream: read to their end before the first record, then followed. */
@NullMarked
package io.sluice.ingest.register;

import org.jspecify.annotations.NullMarked;
