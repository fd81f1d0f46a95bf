/** HTTP in front of the server's logic: the JSON API, and the pages that use it. */
@NullMarked
package io.sluice.console.web;

import org.jspecify.annotations.NullMarked;
