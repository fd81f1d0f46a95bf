/** PostHog's capture API: one event, or a batch. */
@NullMarked
package io.sluice.ingest.parse.posthog;

import org.jspecify.annotations.NullMarked;
