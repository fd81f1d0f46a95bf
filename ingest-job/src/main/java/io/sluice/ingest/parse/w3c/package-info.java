/** The W3C extended log format, as IIS and CloudFront write it. */
@NullMarked
package io.sluice.ingest.parse.w3c;

import org.jspecify.annotations.NullMarked;
