/** Proof that a policy holds what it says: its examples, the laws of the house, and mutations that examples must notice. */
@NullMarked
package io.sluice.redaction.proof;

import org.jspecify.annotations.NullMarked;
