/** The names of the topics, in one place for all who read, write or create them. */
@NullMarked
package io.sluice.sinks.topics;

import org.jspecify.annotations.NullMarked;
