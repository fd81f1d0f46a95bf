/** Matomo's tracking API: query strings, alone and in bulk. */
@NullMarked
package io.sluice.ingest.parse.matomo;

import org.jspecify.annotations.NullMarked;
