/** The key-encryption key, keysets, epochs and the key register; no privacy rule. */
@NullMarked
package io.sluice.keys;

import org.jspecify.annotations.NullMarked;
