package io.sluice.ingest.parse;

/**
 * What one record may be at most; what is larger is quarantined, never cut short.
 *
 * @param maxBytes bytes of a record, at least 1
 * @param maxDepth objects and arrays inside each other in one event, at least 1
 * @param maxFields named values in one event, nested ones included, at least 1
 */
public record ParseLimits(int maxBytes, int maxDepth, int maxFields) {
    /** 1 MiB, 256 levels, 1,000 fields. */
    public static final ParseLimits DEFAULT = new ParseLimits(1024 * 1024, 256, 1_000);

    public ParseLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxFields < 1) {
            throw new IllegalArgumentException("limits for records are at least 1 byte, 1 level and 1 field");
        }
    }
}
