package io.sluice.ingest.source;

import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.SourceOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/**
 * One record of a raw topic, nothing parsed. Holds plaintext, so it prints its place and length.
 *
 * @param from what the client read; not changed
 */
public record RawTopicRecord(ConsumerRecord<byte[], byte[]> from) implements SourceElement {
    private static final byte[] NOTHING = {};

    public String topic() {
        return from.topic();
    }

    public int partition() {
        return from.partition();
    }

    public long offset() {
        return from.offset();
    }

    public Headers headers() {
        return from.headers();
    }

    /** The broker's receive time, or {@link RawRecord#NO_RECEIVE_TIME} if the time is the sender's own. */
    public long receivedAt() {
        return from.timestampType() == TimestampType.LOG_APPEND_TIME ? from.timestamp() : RawRecord.NO_RECEIVE_TIME;
    }

    /** The record as the boundary takes it. */
    public RawRecord raw(String topicId, SourceOptions options) {
        byte[] value = from.value() == null ? NOTHING : from.value();
        return new RawRecord(topicId, partition(), offset(), receivedAt(), Bytes.of(value), options);
    }

    @Override
    public void to(Receiver receiver) throws Exception {
        receiver.record(this);
    }

    @Override
    public String toString() {
        return "RawTopicRecord[" + topic() + "-" + partition() + "@" + offset() + ", " + from.serializedValueSize()
                + " bytes]";
    }
}
