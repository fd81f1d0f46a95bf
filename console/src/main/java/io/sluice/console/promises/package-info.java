/** How what keeps the clauses of the privacy notice fares on the running job. */
@NullMarked
package io.sluice.console.promises;

import org.jspecify.annotations.NullMarked;
