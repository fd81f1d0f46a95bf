package io.sluice.sinks.topics;

import java.util.List;

/**
 * The topics of one installation.
 *
 * @param prefix stands before every name, such as {@code eu-}; empty by default
 */
public record Topics(String prefix) {
    public String rawAccessLogs() {
        return prefix + "raw.access-logs";
    }

    public String rawAppLogs() {
        return prefix + "raw.app-logs";
    }

    public String rawUsageEvents() {
        return prefix + "raw.usage-events";
    }

    /** The raw topics: plaintext, read by the boundary job alone. */
    public List<String> raw() {
        return List.of(rawAccessLogs(), rawAppLogs(), rawUsageEvents());
    }

    /** The topic of a route's clean events: {@code analytics}, {@code security} or {@code operations}. */
    public String clean(String route) {
        return prefix + "clean." + (route.equals("analytics") ? "usage" : route) + "-events";
    }

    /** Recorded choices, compacted, by gate key. */
    public String consent() {
        return prefix + "consent";
    }

    /** Policies going live, compacted, by version. */
    public String policies() {
        return prefix + "policies";
    }

    /** What each task has in force. */
    public String taskPositions() {
        return prefix + "task-positions";
    }

    /** Access, correction and deletion requests. */
    public String privacyRequests() {
        return prefix + "privacy-requests";
    }

    /** The account of records. */
    public String balance() {
        return prefix + "balance";
    }

    /** Rows of the subject index. */
    public String subjectEntries() {
        return prefix + "subject-entries";
    }

    /** Documents that Elasticsearch refused for their own fault. */
    public String refused() {
        return prefix + "refused";
    }

    public String audit() {
        return prefix + "audit";
    }
}
