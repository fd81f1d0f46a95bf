/** What it costs to remember the events of a day. */
@NullMarked
package io.sluice.tests.retries;

import org.jspecify.annotations.NullMarked;
