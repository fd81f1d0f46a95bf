package io.sluice.sinks.subject;

import java.util.Comparator;

/**
 * Where an event came from; its document ids follow from it.
 *
 * @param topicId id of its raw topic
 * @param partition its partition
 * @param offset its Kafka record's offset
 * @param position its number within that Kafka record
 */
public record EventPlace(String topicId, int partition, long offset, int position) implements Comparable<EventPlace> {
    private static final Comparator<EventPlace> ORDER = Comparator.comparing(EventPlace::topicId)
            .thenComparingInt(EventPlace::partition)
            .thenComparingLong(EventPlace::offset)
            .thenComparingInt(EventPlace::position);

    @Override
    public int compareTo(EventPlace other) {
        return ORDER.compare(this, other);
    }
}
