/** Purposes, signals, choices and the decision they lead to; pure. */
@NullMarked
package io.sluice.redaction.consent;

import org.jspecify.annotations.NullMarked;
