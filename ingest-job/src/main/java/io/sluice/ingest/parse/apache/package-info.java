/** Apache httpd: access logs by their declared {@code LogFormat}, and error logs. */
@NullMarked
package io.sluice.ingest.parse.apache;

import org.jspecify.annotations.NullMarked;
