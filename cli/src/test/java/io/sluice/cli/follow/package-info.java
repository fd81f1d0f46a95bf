@NullMarked
package io.sluice.cli.follow;

import org.jspecify.annotations.NullMarked;
