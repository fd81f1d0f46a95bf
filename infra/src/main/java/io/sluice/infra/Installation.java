package io.sluice.infra;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built checkout that this program runs from: where the broker's jars and Elasticsearch lie.
 *
 * @param root folder of the checkout
 */
public record Installation(Path root) {
    /** System property that names {@link #root()}; without it the folders above this program's own jar are searched. */
    public static final String PROPERTY = "sluice.home";

    private static final String BROKER = "infra/kafka-broker/target/lib";
    private static final String ELASTICSEARCH = "infra/target/elasticsearch";

    /** @throws IOException if there is none: the build has not run, or the jar was carried elsewhere */
    public static Installation find() throws IOException {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return new Installation(Path.of(given).toAbsolutePath());
        }
        for (Path folder = ownLocation(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(BROKER))) {
                return new Installation(folder);
            }
        }
        throw new IOException(
                "the Kafka broker is not built: run `mvn -pl infra -am process-resources` in the checkout,"
                        + " or name the built checkout by -D" + PROPERTY);
    }

    private static @Nullable Path ownLocation() throws IOException {
        try {
            return Path.of(Installation.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IOException("the location of this program is no file path", e);
        }
    }

    /** The folder with the broker's jars. */
    public Path brokerJars() throws IOException {
        Path folder = root.resolve(BROKER);
        if (!Files.isDirectory(folder)) {
            throw new IOException("no Kafka broker at " + folder + ": build the checkout first");
        }
        return folder;
    }

    /** The unpacked Elasticsearch. */
    public Path elasticsearch() throws IOException {
        Path folder = root.resolve(ELASTICSEARCH);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> found = Files.list(folder)) {
                return found.filter(home -> Files.isRegularFile(home.resolve("bin/elasticsearch")))
                        .sorted()
                        .findFirst()
                        .orElseThrow(
                                () -> new IOException("no Elasticsearch in " + folder + ": build the checkout first"));
            }
        }
        throw new IOException("no Elasticsearch at " + folder + ": build the checkout first");
    }

    /** The Java that runs this program. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
