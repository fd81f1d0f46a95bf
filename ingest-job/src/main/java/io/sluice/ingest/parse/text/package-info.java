/** Records that are only text. */
@NullMarked
package io.sluice.ingest.parse.text;

import org.jspecify.annotations.NullMarked;
