/** Lines by a declared pattern of log4j or logback. */
@NullMarked
package io.sluice.ingest.parse.pattern;

import org.jspecify.annotations.NullMarked;
