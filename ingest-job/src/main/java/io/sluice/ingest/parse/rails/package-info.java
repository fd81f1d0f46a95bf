/** Lines of Ruby's Logger and of Rails. */
@NullMarked
package io.sluice.ingest.parse.rails;

import org.jspecify.annotations.NullMarked;
