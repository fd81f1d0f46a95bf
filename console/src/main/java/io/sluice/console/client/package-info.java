/** What the command line needs to ask the server: finding it, logging in, and its answers. */
@NullMarked
package io.sluice.console.client;

import org.jspecify.annotations.NullMarked;
