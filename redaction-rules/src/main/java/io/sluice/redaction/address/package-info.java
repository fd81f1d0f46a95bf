/** Network addresses as numbers. */
@NullMarked
package io.sluice.redaction.address;

import org.jspecify.annotations.NullMarked;
