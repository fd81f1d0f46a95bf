@NullMarked
package io.sluice.infra.up;

import org.jspecify.annotations.NullMarked;
