package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.SourceOptions;

/**
 * One Kafka record, or one piece of a file, as it arrived.
 *
 * @param topicId id of the raw topic; empty offline
 * @param partition partition; 0 offline
 * @param offset offset; offline the ordinal of the piece
 * @param receivedAt the broker's receive time, milliseconds since 1970; {@link #NO_RECEIVE_TIME} if its topic has none
 * @param value the bytes
 * @param options what its source says of it
 */
public record RawRecord(
        String topicId, int partition, long offset, long receivedAt, Bytes value, SourceOptions options) {
    public static final long NO_RECEIVE_TIME = Long.MIN_VALUE;
}
