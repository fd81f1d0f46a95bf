/** The topics of an installation, and who may do what with them. */
@NullMarked
package io.sluice.infra.topics;

import org.jspecify.annotations.NullMarked;
