/** Flink's way of carrying the privacy boundary: an operator, the account it keeps, and what leaves it. */
@NullMarked
package io.sluice.ingest.carry;

import org.jspecify.annotations.NullMarked;
