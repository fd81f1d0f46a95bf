/** What is looked up on plaintext in memory: place, user agent, referrer, client address. */
@NullMarked
package io.sluice.ingest.enrich;

import org.jspecify.annotations.NullMarked;
