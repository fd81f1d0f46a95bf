/** What people ask of the data about them: so far, to be left out of analytics; logic without web. */
@NullMarked
package io.sluice.console.requests;

import org.jspecify.annotations.NullMarked;
