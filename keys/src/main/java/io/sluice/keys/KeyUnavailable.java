package io.sluice.keys;

/** A key that is asked for does not exist: not yet, or not any more. The key store itself is well. */
public final class KeyUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there is none. */
    public enum Why {
        /** The server has not made it yet: hold back and ask again. */
        NOT_MADE,
        /** It was destroyed: it never comes back, and asking again is of no use. */
        DESTROYED
    }

    private final String name;
    private final Why why;

    /** @param name the key's name, no secret */
    public KeyUnavailable(String name, Why why) {
        super(
                why == Why.NOT_MADE
                        ? "The key " + name + " has not been made yet; the server makes it as soon as it runs"
                        : "The key " + name + " has been destroyed on schedule; nothing under it can be made or read");
        this.name = name;
        this.why = why;
    }

    /** The key's name, such as {@code 2024-01-10T12-quarantine}. */
    public String name() {
        return name;
    }

    public Why why() {
        return why;
    }
}
