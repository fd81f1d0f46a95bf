/** One event as it was parsed: field paths and values, plaintext, in memory only. */
@NullMarked
package io.sluice.redaction.event;

import org.jspecify.annotations.NullMarked;
