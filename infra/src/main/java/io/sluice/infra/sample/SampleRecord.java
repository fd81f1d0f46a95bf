package io.sluice.infra.sample;

import io.sluice.sinks.topics.Topics;

/**
 * One record of the sample, and where it belongs.
 *
 * @param source what wrote it
 * @param dataset as the policy names it
 * @param value the bytes, without a line end
 */
public record SampleRecord(Source source, String dataset, byte[] value) {
    /** What writes records. */
    public enum Source {
        /** A web server. */
        ACCESS_LOG,
        /** The tracker of a site. */
        USAGE_EVENT,
        /** The application itself. */
        APP_LOG;

        /** The topic of this source. */
        public String topic(Topics topics) {
            return switch (this) {
                case ACCESS_LOG -> topics.rawAccessLogs();
                case USAGE_EVENT -> topics.rawUsageEvents();
                case APP_LOG -> topics.rawAppLogs();
            };
        }
    }

    /** Prints a length: the sample holds what real records hold. */
    @Override
    public String toString() {
        return "SampleRecord[" + source + ", " + dataset + ", " + value.length + " bytes]";
    }
}
