/** The server: accounts, roles, requests and the pages that people look at. */
@NullMarked
package io.sluice.console;

import org.jspecify.annotations.NullMarked;
