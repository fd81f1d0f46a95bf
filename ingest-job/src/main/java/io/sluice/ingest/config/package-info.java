/** What a job is told: its configuration, read from YAML with all problems at once. */
@NullMarked
package io.sluice.ingest.config;

import org.jspecify.annotations.NullMarked;
