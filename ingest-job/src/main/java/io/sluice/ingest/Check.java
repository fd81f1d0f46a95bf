package io.sluice.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries all that a job needs, without changing anything but probes that it takes away again: brokers, topics, rights,
 * transactions, Elasticsearch, folders, keys and policy.
 */
public final class Check {
    private Check() {}

    /** One line for each thing, in the order in which a job would meet it. */
    public static List<CheckLine> run(IngestConfig config) {
        List<CheckLine> lines = new ArrayList<>();
        new StoreCheck(config, lines).run();
        new KafkaCheck(config, lines).run();
        new ElasticsearchCheck(config, lines).run();
        return lines;
    }

    /**
     * The same, before a job starts.
     *
     * @throws JobFailed with everything that failed, one a line
     */
    static void require(IngestConfig config) throws JobFailed {
        List<String> failed = run(config).stream()
                .filter(line -> line.level() == CheckLine.Level.FAILED)
                .map(line -> line.what() + ": " + line.said())
                .toList();
        if (!failed.isEmpty()) {
            throw new JobFailed(String.join("\n", failed));
        }
    }
}
