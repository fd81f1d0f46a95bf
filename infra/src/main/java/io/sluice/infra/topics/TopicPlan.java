package io.sluice.infra.topics;

import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All topics of an installation.
 *
 * <p>Guarantees: a raw record is gone from the broker 72 hours after it was received, plus the time the broker takes to
 * look (a minute in the embedded stack, {@code log.retention.check.interval.ms}) and to delete the file (a minute).
 * Retention works by whole segments, so the time a segment is written to counts too.
 *
 * @param topics the names
 * @param partitions of the topics that carry events
 * @param replication of every topic; 1 for a single broker
 */
public record TopicPlan(Topics topics, int partitions, int replication) {
    /** How long a raw record may lie on a broker. */
    public static final Duration RAW = Duration.ofDays(3);

    /** How long a clean event stays in its topic. */
    public static final Duration CLEAN = Duration.ofDays(7);

    /** How long the account of records is kept; the longest-lived bucket of the vault has the same. */
    public static final Duration BALANCE = Duration.ofDays(30);

    /** The largest raw record, in bytes. */
    public static final int LARGEST_RAW_RECORD = 2 << 20;

    private static final Duration SEGMENT = Duration.ofHours(1);

    /** One broker, one partition for each core that a small machine has. */
    public static TopicPlan ofOneBroker(Topics topics) {
        return new TopicPlan(topics, 2, 1);
    }

    /** Every topic, in the order in which they are made. */
    public List<TopicSpec> specs() {
        List<TopicSpec> specs = new ArrayList<>();
        for (String raw : topics.raw()) {
            Map<String, String> settings = expiring(RAW);
            settings.put("message.timestamp.type", "LogAppendTime");
            settings.put("max.message.bytes", Integer.toString(LARGEST_RAW_RECORD));
            specs.add(TopicSpec.of(raw, partitions, replication, settings));
        }
        for (String route : Indices.ROUTES) {
            specs.add(TopicSpec.of(topics.clean(route), partitions, replication, createTime(expiring(CLEAN))));
        }
        specs.add(TopicSpec.of(topics.subjectEntries(), partitions, replication, createTime(expiring(CLEAN))));
        specs.add(TopicSpec.of(topics.refused(), 1, replication, createTime(expiring(CLEAN))));
        specs.add(TopicSpec.of(topics.balance(), 1, replication, createTime(expiring(BALANCE))));
        // One partition each: what is in force is told by one offset.
        specs.add(TopicSpec.of(topics.consent(), 1, replication, compacted()));
        specs.add(TopicSpec.of(topics.policies(), 1, replication, compacted()));
        specs.add(TopicSpec.of(topics.taskPositions(), 1, replication, compacted()));
        return specs;
    }

    private static Map<String, String> expiring(Duration retention) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", Long.toString(retention.minus(SEGMENT).toMillis()));
        settings.put("segment.ms", Long.toString(SEGMENT.toMillis()));
        return settings;
    }

    private static Map<String, String> createTime(Map<String, String> settings) {
        settings.put("message.timestamp.type", "CreateTime");
        return settings;
    }

    private static Map<String, String> compacted() {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "compact");
        settings.put("message.timestamp.type", "LogAppendTime");
        settings.put("segment.ms", Long.toString(SEGMENT.toMillis()));
        settings.put("min.cleanable.dirty.ratio", "0.1");
        // A choice that was changed is gone within a day.
        settings.put("max.compaction.lag.ms", Long.toString(Duration.ofHours(24).toMillis()));
        return settings;
    }
}
