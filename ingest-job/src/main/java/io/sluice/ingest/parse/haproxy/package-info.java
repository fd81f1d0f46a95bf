/** HAProxy's HTTP log. */
@NullMarked
package io.sluice.ingest.parse.haproxy;

import org.jspecify.annotations.NullMarked;
