/** Pseudonyms: tokens under the keys of one purpose and epoch. */
@NullMarked
package io.sluice.redaction.token;

import org.jspecify.annotations.NullMarked;
