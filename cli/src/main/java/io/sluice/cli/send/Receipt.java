package io.sluice.cli.send;

/** Hears, once, what became of a piece; called from a thread of Kafka's client. */
public interface Receipt {
    /** All replicas have it. */
    void acknowledged();

    /** Kafka did not take it in time; it may be sent again. */
    void givenBack();
}
