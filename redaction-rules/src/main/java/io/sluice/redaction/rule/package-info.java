/** Policies: reading them, all problems at once, and the rules they compile to. */
@NullMarked
package io.sluice.redaction.rule;

import org.jspecify.annotations.NullMarked;
