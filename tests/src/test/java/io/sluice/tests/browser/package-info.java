/** The server's pages in a real browser. */
@NullMarked
package io.sluice.tests.browser;

import org.jspecify.annotations.NullMarked;
