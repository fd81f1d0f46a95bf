/** Policies told to people: which rule is for what, which clause is kept by what, and beginnings of new rules. */
@NullMarked
package io.sluice.redaction.catalogue;

import org.jspecify.annotations.NullMarked;
