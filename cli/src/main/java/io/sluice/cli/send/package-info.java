/** {@code send}: real files into the raw topics. */
@NullMarked
package io.sluice.cli.send;

import org.jspecify.annotations.NullMarked;
