/** What accounts of the server did that somebody may ask about later; without web. */
@NullMarked
package io.sluice.console.audit;

import org.jspecify.annotations.NullMarked;
