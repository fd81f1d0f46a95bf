package io.sluice.ingest.source;

/** What the source hands to the boundary within one task; plaintext, so it crosses no edge (see {@link InTaskType}). */
public sealed interface SourceElement permits RawTopicRecord, PartitionBegins {
    /** Hands itself to the right method. */
    void to(Receiver receiver) throws Exception;

    /** Takes elements in the order of their partition. */
    interface Receiver {
        void begins(PartitionBegins partition) throws Exception;

        void record(RawTopicRecord record) throws Exception;
    }
}
