package io.sluice.tests.leakage;

import java.nio.file.Path;

/** Whatever Sluice writes or shows. Each file of an installation belongs to exactly one, those of none to {@link #REST}. */
enum Store {
    /** The one place where plaintext may be (ARCHITECTURE.md, law 1); it also proves that the sweep sees. */
    RAW_TOPICS,
    /** All other topics, the broker's own among them, as files and as messages. */
    TOPICS,
    /** Elasticsearch's data, as files, as Lucene reads them and by its API. */
    ELASTICSEARCH,
    /** Sealed blocks and blind index. */
    VAULT,
    SUBJECT_INDEX,
    /** Checkpoints and savepoints. */
    CHECKPOINTS,
    /** What every process said, standard output and standard error too. */
    LOGS,
    /** Flink's pages: exceptions, configuration, plans, state of checkpoints. */
    FLINK_PAGES,
    METRICS,
    /** The server's answers. */
    SERVER,
    TEMPORARY,
    KEYS,
    /** Configurations, databases of places, marks. */
    REST;

    /** Which one a file belongs to, by its path below the folder of {@code up}. */
    static Store of(Path file) {
        String path = file.toString().replace('\\', '/');
        String name = file.getFileName().toString();
        String top = file.getName(0).toString();
        return switch (top) {
            case "kafka" ->
                !path.startsWith("kafka/data/")
                        ? name.endsWith(".log") ? LOGS : REST
                        : file.getName(2).toString().startsWith("raw.") ? RAW_TOPICS : TOPICS;
            case "elasticsearch" ->
                switch (file.getName(1).toString()) {
                    case "data" -> ELASTICSEARCH;
                    case "tmp" -> TEMPORARY;
                    case "logs", "elasticsearch.log" -> LOGS;
                    default -> REST;
                };
            case "checkpoints-boundary", "checkpoints-index" ->
                file.getName(1).toString().equals("tmp") ? TEMPORARY : CHECKPOINTS;
            case "vault" -> VAULT;
            case "subjects" -> SUBJECT_INDEX;
            case "logs" -> LOGS;
            case "tmp" -> TEMPORARY;
            case "keys" -> KEYS;
            default -> REST;
        };
    }
}
