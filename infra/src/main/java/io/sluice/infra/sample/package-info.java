/** Believable traffic of a practice-management application and its marketing site; everybody in it is invented. */
@NullMarked
package io.sluice.infra.sample;

import org.jspecify.annotations.NullMarked;
