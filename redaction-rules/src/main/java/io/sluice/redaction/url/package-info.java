/** URLs in parts, and the path templates that a policy declares. */
@NullMarked
package io.sluice.redaction.url;

import org.jspecify.annotations.NullMarked;
