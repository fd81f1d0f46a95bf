package io.sluice.infra.up;

import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.process.PrivateFile;
import io.sluice.infra.topics.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the configuration of the two jobs, the server and the collector, as {@code run --config} and they read it.
 *
 * <p>Passwords stand in files of their own with mode 0600, which the configurations name.
 */
final class JobFiles {
    private final UpFolder folder;
    private final PortBook ports;
    private final Passwords passwords;
    private final Path config;

    JobFiles(UpFolder folder, PortBook ports, Passwords passwords) throws IOException {
        this.folder = folder;
        this.ports = ports;
        this.passwords = passwords;
        this.config = folder.folder("config");
    }

    /** The configuration of the boundary job. */
    Path boundary() throws IOException {
        return write(
                "boundary.yaml",
                """
                job: boundary
                kafka:
                %s
                keys: {path: %s}
                vault: {path: %s}
                geo: {unpack-into: %s}
                own-hosts: [app.ottomatiq.example, www.ottomatiq.example, ottomatiq.example]
                checkpoints: {path: %s}
                web: {port: %d}
                """
                        .formatted(
                                kafka(Principal.BOUNDARY),
                                quoted(folder.folder("keys")),
                                quoted(folder.folder("vault")),
                                quoted(folder.folder("geo")),
                                quoted(folder.folder("checkpoints-boundary")),
                                ports.of(PortBook.Use.BOUNDARY)));
    }

    /** The configuration of the index job. */
    Path index() throws IOException {
        return write(
                "index.yaml",
                """
                job: index
                kafka:
                %s
                elasticsearch:
                  urls: ["http://127.0.0.1:%d"]
                  user: %s
                  password: ${file:%s}
                subject-index: {path: %s}
                checkpoints: {path: %s}
                web: {port: %d}
                """
                        .formatted(
                                kafka(Principal.INDEX),
                                ports.of(PortBook.Use.ELASTICSEARCH),
                                ElasticsearchRoles.INDEX,
                                password(ElasticsearchRoles.INDEX),
                                quoted(folder.folder("subjects")),
                                quoted(folder.folder("checkpoints-index")),
                                ports.of(PortBook.Use.INDEX)));
    }

    /** The configuration of the server. */
    Path server() throws IOException {
        return write(
                "server.yaml",
                """
                server:
                  port: %d
                  accounts-file: %s
                keys: %s
                kafka:
                %s
                elasticsearch:
                  url: "http://127.0.0.1:%d"
                  user: %s
                  password: ${file:%s}
                expiry:
                  vault: %s
                  subject-index: %s
                  user: %s
                  password: ${file:%s}
                """
                        .formatted(
                                ports.of(PortBook.Use.SERVER),
                                quoted(folder.accounts()),
                                quoted(folder.folder("keys")),
                                kafka(Principal.SERVER),
                                ports.of(PortBook.Use.ELASTICSEARCH),
                                ElasticsearchRoles.SERVER,
                                password(ElasticsearchRoles.SERVER),
                                quoted(folder.folder("vault")),
                                quoted(folder.folder("subjects")),
                                ElasticsearchRoles.EXPIRY,
                                password(ElasticsearchRoles.EXPIRY)));
    }

    /** The configuration of the collector. */
    Path collector() throws IOException {
        return write(
                "collector.yaml",
                """
                listen: {port: %d}
                kafka:
                %s
                """
                        .formatted(ports.of(PortBook.Use.COLLECTOR), kafka(Principal.COLLECTOR)));
    }

    private String kafka(Principal principal) throws IOException {
        Map<String, String> login = ScramLogin.clientProperties(
                "127.0.0.1:" + ports.of(PortBook.Use.KAFKA),
                principal.user(),
                passwords.of(Passwords.KAFKA, principal.user()));
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> property : new java.util.TreeMap<>(login).entrySet()) {
            String value = property.getValue();
            if (property.getKey().equals("sasl.jaas.config")) {
                String file = "kafka-" + principal.user() + ".jaas";
                write(file, value + "\n");
                value = "${file:" + file + "}";
            }
            lines.append("  ")
                    .append(property.getKey())
                    .append(": ")
                    .append(quoted(value))
                    .append('\n');
        }
        return lines.toString().stripTrailing();
    }

    private String password(String user) throws IOException {
        String file = "elasticsearch-" + user + ".password";
        write(file, passwords.of(Passwords.ELASTICSEARCH, user) + "\n");
        return file;
    }

    private static String quoted(Object text) {
        return "\"" + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private Path write(String name, String text) throws IOException {
        Path file = config.resolve(name);
        PrivateFile.write(file, text);
        return file;
    }
}
