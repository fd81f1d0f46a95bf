/** The whole way of a record, over everything that {@code up} starts: what it must show under load, kills and outages. */
@NullMarked
package io.sluice.tests.streamed;

import org.jspecify.annotations.NullMarked;
