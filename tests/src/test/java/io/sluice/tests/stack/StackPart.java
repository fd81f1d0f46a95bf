package io.sluice.tests.stack;

/** What of a running Sluice a test may kill: each a process of its own, which {@code up} starts again. */
public enum StackPart {
    BOUNDARY_JOB("boundary job", "boundary"),
    INDEX_JOB("index job", "index"),
    ELASTICSEARCH("elasticsearch", ""),
    KAFKA("kafka", ""),
    SERVER("server", ""),
    COLLECTOR("collector", "");

    private final String label;
    private final String flink;

    StackPart(String label, String flink) {
        this.label = label;
        this.flink = flink;
    }

    /** As {@code endpoints.json} and the lines of {@code up} name it. */
    public String label() {
        return label;
    }

    /** Under which name {@code endpoints.json} has its Flink pages. */
    String flink() {
        return flink;
    }
}
