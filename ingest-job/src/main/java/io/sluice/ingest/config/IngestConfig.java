package io.sluice.ingest.config;

import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.topics.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one job is told. {@link IngestConfigReader} has the file's form. Immutable; prints no secret.
 *
 * @param job which job it is
 * @param topics the topics' names
 * @param kafka properties for every Kafka client
 * @param elasticsearch the store of the index job; null for the boundary job
 * @param vault folder of the vault; null for the index job
 * @param subjectIndex folder of the subject index; null for the boundary job
 * @param keys folder of the key store; null for the index job
 * @param policy the policy that holds until another goes live
 * @param sources pinned options by topic (without prefix), by the name that {@code send} gives them
 * @param geo where places and networks are looked up
 * @param checkpoints folder of the checkpoints
 * @param parallelism subtasks of each step
 * @param webPort port of Flink's pages on loopback; 0 takes any free one
 * @param flink further settings of Flink, as they are
 */
public record IngestConfig(
        Job job,
        Topics topics,
        Map<String, String> kafka,
        @Nullable ElasticsearchConnection elasticsearch,
        @Nullable Path vault,
        @Nullable Path subjectIndex,
        @Nullable Path keys,
        PolicyFiles policy,
        Map<String, Map<String, String>> sources,
        Geo geo,
        Path checkpoints,
        int parallelism,
        int webPort,
        Map<String, String> flink) {
    /** The two jobs. */
    public enum Job {
        BOUNDARY,
        INDEX
    }

    /**
     * Databases of places and networks.
     *
     * @param places a GeoIP2 or GeoLite2 City or Country file; null for the shipped one
     * @param networks a GeoIP2 or GeoLite2 ASN file; null for the shipped one
     * @param unpackInto where the shipped ones are unpacked once; null to read them into memory
     */
    public record Geo(@Nullable Path places, @Nullable Path networks, @Nullable Path unpackInto) {}

    /**
     * A part that the job cannot do without.
     *
     * @throws IllegalStateException if it is missing, which the reader has reported before
     */
    public static <T> T needed(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("the configuration has no " + name);
        }
        return part;
    }

    @Override
    public String toString() {
        return "IngestConfig[" + job + ", " + policy.main() + "]";
    }
}
