/** Undoes encodings round a value, and maps places in what came out back to the encoded form. */
@NullMarked
package io.sluice.redaction.encoding;

import org.jspecify.annotations.NullMarked;
