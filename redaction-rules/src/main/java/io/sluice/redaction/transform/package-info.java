/** What a rule does to a value: one record per transform; what it cannot handle is dropped. */
@NullMarked
package io.sluice.redaction.transform;

import org.jspecify.annotations.NullMarked;
