package io.sluice.infra.elasticsearch;

import io.sluice.infra.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration files of one Elasticsearch; names of settings as in Elasticsearch 8.19. */
final class ElasticsearchFiles {
    private static final String PORT = "http.port: ";

    private final ElasticsearchPlace place;

    ElasticsearchFiles(ElasticsearchPlace place) {
        this.place = place;
    }

    /** The port of the last start in this folder; 0 at first. */
    int lastPort() throws IOException {
        Path file = place.config().resolve("elasticsearch.yml");
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(PORT))
                .mapToInt(line -> Integer.parseInt(line.substring(PORT.length())))
                .findFirst()
                .orElse(0);
    }

    void write(ElasticsearchSettings settings, int port) throws IOException {
        for (Path folder : List.of(place.config(), place.data(), place.logs(), place.temporary())) {
            Folders.make(folder, "rwx------");
        }
        Files.copy(
                place.home().resolve("config/jvm.options"),
                place.config().resolve("jvm.options"),
                StandardCopyOption.REPLACE_EXISTING);
        write("elasticsearch.yml", server(port));
        write("log4j2.properties", LOGGING);
        write("roles.yml", settings.roles());
        write("users", users(settings.users()));
        write("users_roles", usersOfRoles(settings.users()));
    }

    private String server(int port) {
        return String.join(
                "\n",
                "cluster.name: sluice",
                "node.name: sluice-1",
                "discovery.type: single-node",
                "path.data: \"" + place.data() + "\"",
                "path.logs: \"" + place.logs() + "\"",
                "network.host: 127.0.0.1",
                PORT + port,
                // Nobody but itself uses it, so it may take any.
                "transport.port: 0",
                "action.auto_create_index: false",
                "action.destructive_requires_name: true",
                "xpack.security.enabled: true",
                "xpack.security.autoconfiguration.enabled: false",
                "xpack.security.http.ssl.enabled: false",
                "xpack.security.transport.ssl.enabled: false",
                "xpack.security.authc.reserved_realm.enabled: false",
                "xpack.security.authc.realms.file.file.order: 0",
                "xpack.security.authc.realms.native.native.enabled: false",
                "xpack.security.authc.password_hashing.algorithm: pbkdf2",
                // Shares of a big disk would stop the writes of a developer whose disk is 95 % full of other things.
                "cluster.routing.allocation.disk.watermark.low: 1gb",
                "cluster.routing.allocation.disk.watermark.high: 750mb",
                "cluster.routing.allocation.disk.watermark.flood_stage: 500mb",
                "cluster.routing.allocation.disk.watermark.flood_stage.frozen: 500mb",
                "");
    }

    private static final String LOGGING =
            """
            appender.out.type = Console
            appender.out.name = out
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSX}{UTC} %p %c{1} %enc{%m}{CRLF}%n%ex{short}
            rootLogger.level = warn
            rootLogger.appenderRef.out.ref = out
            logger.node.name = org.elasticsearch.node
            logger.node.level = info
            # Wants an index with analyzers that the small distribution lacks; nothing here needs that index.
            logger.roles.name = org.elasticsearch.xpack.security.support.QueryableBuiltInRolesSynchronizer
            logger.roles.level = off
            logger.telemetry.name = usage
            logger.telemetry.level = off
            # They are about clusters that listen beyond loopback.
            logger.checks.name = org.elasticsearch.bootstrap.BootstrapChecks
            logger.checks.level = off
            """;

    private static String users(List<ElasticsearchUser> users) {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        users.forEach(user ->
                text.append(user.name()).append(':').append(user.hash(random)).append('\n'));
        return text.toString();
    }

    private static String usersOfRoles(List<ElasticsearchUser> users) {
        Map<String, List<String>> roles = new TreeMap<>();
        users.forEach(user -> user.roles().forEach(role -> roles.computeIfAbsent(role, any -> new ArrayList<>())
                .add(user.name())));
        StringBuilder text = new StringBuilder();
        roles.forEach((role, names) ->
                text.append(role).append(':').append(String.join(",", names)).append('\n'));
        return text.toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = place.config().resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
