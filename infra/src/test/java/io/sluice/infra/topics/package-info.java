@NullMarked
package io.sluice.infra.topics;

import org.jspecify.annotations.NullMarked;
