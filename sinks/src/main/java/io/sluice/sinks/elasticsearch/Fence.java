package io.sluice.sinks.elasticsearch;

import java.io.Serializable;

/**
 * Tells which documents belong to deleted subjects, so that none of them comes back.
 *
 * <p>Asked for every document just before each bulk request, so for those restored from a buffer too. Called by the
 * task's own thread: it must not block.
 */
@FunctionalInterface
public interface Fence extends Serializable {
    /** Nothing was deleted. */
    Fence NONE = documentId -> false;

    /** Whether the document must not be written. */
    boolean holds(String documentId);
}
