/** How Sluice is run: the embedded stack of {@code sluice up}, topics, accounts, sample traffic. */
@NullMarked
package io.sluice.infra;

import org.jspecify.annotations.NullMarked;
