package io.sluice.infra.topics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One topic as it is to be.
 *
 * @param name with the installation's prefix
 * @param partitions of a new topic; those of an existing one stay as they are
 * @param replication of a new topic
 * @param settings by the names that Kafka gives them
 */
public record TopicSpec(String name, int partitions, short replication, SortedMap<String, String> settings) {
    /** Copies the settings. */
    public TopicSpec {
        settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    static TopicSpec of(String name, int partitions, int replication, Map<String, String> settings) {
        return new TopicSpec(name, partitions, (short) replication, new TreeMap<>(settings));
    }

    /** The line for {@code kafka-topics.sh}, for houses where the program may not create topics. */
    public String command() {
        StringBuilder line = new StringBuilder("kafka-topics.sh --create --if-not-exists --topic ")
                .append(name)
                .append(" --partitions ")
                .append(partitions)
                .append(" --replication-factor ")
                .append(replication);
        settings.forEach((key, value) ->
                line.append(" --config ").append(key).append('=').append(value));
        return line.toString();
    }
}
