/** The one call after which nothing is plaintext. */
@NullMarked
package io.sluice.ingest.boundary;

import org.jspecify.annotations.NullMarked;
