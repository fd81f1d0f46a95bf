package io.sluice.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the two jobs. */
public enum JobKind {
    /** From the raw topics through the privacy boundary to the clean topics and the vault. */
    BOUNDARY,
    /** From the clean topics to Elasticsearch and the subject index. */
    INDEX;

    /** The name in the configuration, in consumer groups and transactional ids, such as {@code boundary}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<JobKind> byLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(JobKind::label).toList();
    }
}
