/** nginx: access logs by their declared {@code log_format}, and error logs. */
@NullMarked
package io.sluice.ingest.parse.nginx;

import org.jspecify.annotations.NullMarked;
