/** Finds personal data in text; one class per detector. */
@NullMarked
package io.sluice.redaction.detect;

import org.jspecify.annotations.NullMarked;
