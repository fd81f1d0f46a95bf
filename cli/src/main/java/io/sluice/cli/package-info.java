/** Every verb a person types: parses arguments and calls a module. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
