package io.sluice.redaction.detect;

/**
 * Finds one kind of personal data in text.
 *
 * <p>Guarantees: stateless, so that one instance serves all threads; total (no text makes it throw); linear: over a
 * whole text it reads each character a bounded number of times, by using {@link Findings#floor()} and
 * {@link Findings#looked(int)}. Does not guarantee that what it finds belongs to a person: a checksum may hold by
 * chance.
 */
public interface Detector {
    /** Its name in findings and policies, lower case with hyphens, unique. */
    String name();

    /** The category of its findings unless it says otherwise per finding. */
    DataCategory category();

    /** What must stand in a text for it to be asked at all. */
    Triggers triggers();

    /**
     * Looks at one place where a trigger stands and reports what it finds there.
     *
     * @param at the first character of the trigger
     */
    void verify(Text text, int at, Findings into);
}
