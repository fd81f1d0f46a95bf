@NullMarked
package io.sluice.infra.sample;

import org.jspecify.annotations.NullMarked;
