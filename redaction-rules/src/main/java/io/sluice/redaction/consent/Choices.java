package io.sluice.redaction.consent;

import org.jspecify.annotations.Nullable;

/** The consent register as the boundary reads it. Thread-safe, and it never waits. */
public interface Choices {
    /** Nobody has chosen anything. */
    Choices NONE = new Choices() {
        @Override
        public @Nullable Choice find(GateKey key, Purpose purpose) {
            return null;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    };

    /** What the person behind the key chose for the purpose, or null if nothing is recorded. */
    @Nullable
    Choice find(GateKey key, Purpose purpose);

    /** Whether nothing at all is recorded, so that nobody needs to be looked up. */
    boolean isEmpty();
}
