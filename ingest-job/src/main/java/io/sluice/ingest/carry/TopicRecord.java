package io.sluice.ingest.carry;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way to a topic: redacted events, keyed hashes, counts; never plaintext. Made by this package alone.
 *
 * @param topic topic, as the broker calls it
 * @param key record key, or null; never personal data
 * @param timestamp the record's time, milliseconds since 1970
 * @param value Avro in single-object encoding
 */
public record TopicRecord(String topic, byte @Nullable [] key, long timestamp, byte[] value) {}
