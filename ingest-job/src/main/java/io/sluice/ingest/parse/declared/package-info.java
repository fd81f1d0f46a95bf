/** Lines of a declared format: the format string is compiled once to literals and slots, and each line matched as bytes. */
@NullMarked
package io.sluice.ingest.parse.declared;

import org.jspecify.annotations.NullMarked;
