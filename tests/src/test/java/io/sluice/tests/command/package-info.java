/** The command as a person or a script uses it. */
@NullMarked
package io.sluice.tests.command;

import org.jspecify.annotations.NullMarked;
