/** Our parsers beside those of others, on the same lines. */
@NullMarked
package io.sluice.tests.parsing;

import org.jspecify.annotations.NullMarked;
