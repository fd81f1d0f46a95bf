package io.sluice.infra;

import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.Principal;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.infra.topics.TopicSpec;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an installation needs of its Kafka and its Elasticsearch, as text for houses where the program may not create it.
 *
 * @param topics names of the topics
 * @param indices names of the indices
 * @param partitions of topics that may have several, 1 or more
 * @param replication of topics, and with it one more than the copies of an index, 1 or more
 */
public record Requirements(Topics topics, Indices indices, int partitions, int replication) {
    private static final Duration REFRESH = Duration.ofSeconds(2);

    /** Lines for Kafka's tools; each needs {@code --bootstrap-server} and {@code --command-config} of a right user. */
    public List<String> kafkaCommands() {
        List<String> lines = new ArrayList<>();
        new TopicPlan(topics, partitions, replication)
                .specs().stream().map(TopicSpec::command).forEach(lines::add);
        lines.addAll(new AccessPlan(topics).commands());
        return lines;
    }

    /** All of it, in sections that say where they belong. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Kafka: topics and rights. Run each line with --bootstrap-server, and --command-config of a user that");
        lines.add("# may. One user each: " + String.join(", ", Principal.users()) + ".");
        lines.addAll(kafkaCommands());
        lines.add("");
        lines.add("# Elasticsearch: index templates, for its console.");
        new IndexTemplates(indices, replication - 1, REFRESH).bodies().forEach((name, body) -> {
            lines.add("PUT _index_template/" + name);
            lines.add(body);
        });
        lines.add("");
        lines.add("# Elasticsearch: roles.yml. One user each, named like the role.");
        lines.add(new ElasticsearchRoles(indices).yaml().stripTrailing());
        return String.join("\n", lines) + "\n";
    }
}
