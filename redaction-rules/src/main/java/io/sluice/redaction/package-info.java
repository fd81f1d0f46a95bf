/** What may leave, and in what form. */
@NullMarked
package io.sluice.redaction;

import org.jspecify.annotations.NullMarked;
