package io.sluice.ingest.carry;

/**
 * A partition of a raw topic, as the balance names it.
 *
 * @param topic the topic
 * @param topicId its id, so that a re-created topic is told apart
 * @param number the partition's number
 */
public record RawPartition(String topic, String topicId, int number) {}
