/** The jobs against real brokers and stores. */
@NullMarked
package io.sluice.tests.jobs;

import org.jspecify.annotations.NullMarked;
