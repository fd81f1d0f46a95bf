package io.sluice.infra.sample;

/** One visit: what somebody does next, until it is over. Keeps state; not thread-safe. */
interface Visit {
    /** Who visits. */
    Visitor visitor();

    /** The next request. */
    Hit next(Dice dice);

    /** Whether there is none after it. */
    boolean isOver();
}
