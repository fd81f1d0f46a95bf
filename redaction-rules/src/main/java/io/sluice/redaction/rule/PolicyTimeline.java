package io.sluice.redaction.rule;

import org.jspecify.annotations.Nullable;

/** Which policy holds for a record; its receive time alone decides. Thread-safe, and it never waits. */
public interface PolicyTimeline {
    /**
     * The policy of a receive time, milliseconds since 1970; the same object as long as it is the same policy.
     *
     * @return null if none holds or it could not be loaded: then nothing may be processed
     */
    @Nullable
    RedactionPolicy at(long receivedAt);

    /** One policy for all times. */
    static PolicyTimeline always(RedactionPolicy policy) {
        return receivedAt -> policy;
    }
}
