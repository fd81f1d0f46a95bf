package io.sluice.ingest;

import io.sluice.ingest.source.SourceOption;
import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to run: what {@code run --config FILE} reads.
 *
 * <p>Holds passwords, and prints none.
 *
 * @param job which of the two
 * @param topics the names of the topics
 * @param parallelism how many tasks work side by side, at least 1
 * @param kafka how the brokers are reached
 * @param stores what lies in folders
 * @param sources options of the raw topics that no record header may change, by topic as the broker calls it
 * @param geo what places are looked up in
 * @param elasticsearch where documents go; null only for {@link JobKind#BOUNDARY}
 * @param installTemplates whether the index job installs its index templates itself
 * @param interval from one checkpoint to the next
 * @param webPort port of Flink's pages on loopback; 0 takes a free one
 * @param flink further settings of Flink
 */
public record IngestConfig(
        JobKind job,
        Topics topics,
        int parallelism,
        KafkaSettings kafka,
        Stores stores,
        Map<String, Map<SourceOption, String>> sources,
        Geo geo,
        @Nullable ElasticsearchConnection elasticsearch,
        boolean installTemplates,
        Duration interval,
        int webPort,
        Map<String, String> flink) {
    /**
     * Folders and files.
     *
     * @param checkpoints of this job alone
     * @param keys the key store; null only for {@link JobKind#INDEX}
     * @param vault sealed records; null only for {@link JobKind#INDEX}
     * @param subjectIndex null only for {@link JobKind#BOUNDARY}
     * @param policy the first policy of an empty topic {@code policies}; null: the shipped one
     */
    public record Stores(
            Path checkpoints,
            @Nullable Path keys,
            @Nullable Path vault,
            @Nullable Path subjectIndex,
            @Nullable Path policy) {}

    /**
     * What places are looked up in.
     *
     * @param city a GeoIP2 or GeoLite2 City or Country file; null for the shipped one
     * @param asn a GeoIP2 or GeoLite2 ASN file; null for the shipped one
     * @param unpackInto where the shipped ones are unpacked once; null: each process holds them in its heap
     * @param ownHosts hosts of the services themselves; a referrer on one of them is internal
     */
    public record Geo(@Nullable Path city, @Nullable Path asn, @Nullable Path unpackInto, List<String> ownHosts) {}

    /**
     * The configuration of a file.
     *
     * @param environment variables; {@code SLUICE_…} among them override the file, see the README of this module
     * @throws ConfigRefused with all that is wrong, each problem with its place
     */
    public static IngestConfig read(Path file, Map<String, String> environment) throws ConfigRefused {
        Problems problems = new Problems();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigRefused(List.of(
                    new Problem(file.toString(), 1, 1, "this file cannot be read; look at its path and rights", null)));
        }
        YamlValue root = YamlValue.read(file.toString(), text, problems);
        Path folder = file.toAbsolutePath().getParent();
        IngestConfig config = root == null
                ? null
                : new ConfigReader(folder == null ? Path.of("/") : folder, environment, problems).read(root);
        if (config == null || !problems.none()) {
            throw new ConfigRefused(problems.all());
        }
        return config;
    }

    /** The consumer group of the job; its transactional ids begin likewise. */
    public String group() {
        return topics.prefix() + job.label();
    }

    /** Prints no property of a client and no setting's value, for passwords may be among them. */
    @Override
    public String toString() {
        return "IngestConfig[" + job.label() + ", topics " + topics.prefix() + "*, parallelism " + parallelism + ", "
                + kafka + ", " + stores + ", checkpoint every " + interval + ", flink " + flink.keySet() + "]";
    }
}
