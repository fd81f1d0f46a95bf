@NullMarked
package io.sluice.infra.process;

import org.jspecify.annotations.NullMarked;
