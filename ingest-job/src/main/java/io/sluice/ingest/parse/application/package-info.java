/** Lines of applications: time, level, logger and message, in the dialects that frameworks write by default. */
@NullMarked
package io.sluice.ingest.parse.application;

import org.jspecify.annotations.NullMarked;
