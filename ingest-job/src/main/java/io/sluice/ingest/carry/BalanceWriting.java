package io.sluice.ingest.carry;

import io.sluice.schema.BalanceEntry;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Makes entries of the account into records of the topic {@code balance}. Not thread-safe. */
final class BalanceWriting {
    private final String topic;
    private final AvroBytes avro = new AvroBytes();

    BalanceWriting(Topics topics) {
        this.topic = topics.balance();
    }

    /** @param now the record's time, milliseconds since 1970 */
    TopicRecord record(BalanceEntry entry, long now) throws IOException {
        byte[] key = (entry.getTopic() + "-" + entry.getPartition()).getBytes(StandardCharsets.UTF_8);
        return new TopicRecord(topic, key, now, avro.encode(entry));
    }
}
