/** Input that nobody should send: to every parser, and at the collector's door. */
package io.sluice.tests.fuzz;
