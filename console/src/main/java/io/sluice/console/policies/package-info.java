/** Policies going live: who may, what it exposes, where it stands; logic without web. */
@NullMarked
package io.sluice.console.policies;

import org.jspecify.annotations.NullMarked;
