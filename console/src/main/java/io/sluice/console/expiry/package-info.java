/** What is kept no longer than the policy says, and ends by itself. */
@NullMarked
package io.sluice.console.expiry;

import org.jspecify.annotations.NullMarked;
