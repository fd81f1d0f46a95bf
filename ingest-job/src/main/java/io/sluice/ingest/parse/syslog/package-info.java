/** Syslog, RFC 5424 and RFC 3164, as it stands in files and on the wire. */
@NullMarked
package io.sluice.ingest.parse.syslog;

import org.jspecify.annotations.NullMarked;
