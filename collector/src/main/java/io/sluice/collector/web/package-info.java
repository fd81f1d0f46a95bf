/** The HTTP server, and the only package that knows HTTP's libraries. */
@NullMarked
package io.sluice.collector.web;

import org.jspecify.annotations.NullMarked;
