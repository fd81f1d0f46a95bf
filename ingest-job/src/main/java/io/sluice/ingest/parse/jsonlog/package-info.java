/** JSON lines of applications, web servers and proxies, recognised by the names they have. */
@NullMarked
package io.sluice.ingest.parse.jsonlog;

import org.jspecify.annotations.NullMarked;
