package io.sluice.infra.elasticsearch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How an Elasticsearch is to run.
 *
 * @param dir its folder: configuration, data, log; made when missing
 * @param port of its HTTP on loopback; 0: the port of the last start in this folder, a free one at first
 * @param users of the file realm, the first of which is used to ask whether it is up
 * @param roles the text of {@code roles.yml}
 * @param environment added to its environment, such as a JDK of its own by {@code ES_JAVA_HOME}
 * @param stopWithJvm whether the end of this JVM stops it; {@code false} if the caller sees to that
 */
public record ElasticsearchSettings(
        Path dir,
        int port,
        List<ElasticsearchUser> users,
        String roles,
        Map<String, String> environment,
        boolean stopWithJvm) {
    /** Copies the collections. */
    public ElasticsearchSettings {
        users = List.copyOf(users);
        environment = Map.copyOf(environment);
        if (users.isEmpty()) {
            throw new IllegalArgumentException("an Elasticsearch with security on needs a user");
        }
    }

    /** The same at another port. */
    ElasticsearchSettings at(int other) {
        return new ElasticsearchSettings(dir, other, users, roles, environment, stopWithJvm);
    }

    /** At a free port, stopped with this JVM. */
    public static ElasticsearchSettings of(Path dir, List<ElasticsearchUser> users, String roles) {
        return new ElasticsearchSettings(dir, 0, users, roles, Map.of(), true);
    }
}
