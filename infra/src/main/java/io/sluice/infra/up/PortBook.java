package io.sluice.infra.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.infra.process.Ports;
import io.sluice.infra.process.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The ports of one embedded stack: the usual ones at first, from then on the same, and another wherever a port turns out
 * to be taken when its program starts.
 *
 * <p>A look at a port keeps nobody else from taking it before the program does; so whoever fails to listen chooses again.
 * Thread-safe.
 */
final class PortBook {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What listens, with the port that people expect it at. */
    enum Use {
        /** Kafka's listener for clients. */
        KAFKA(9092),
        /** Elasticsearch's HTTP. */
        ELASTICSEARCH(9200),
        /** The server's pages. */
        SERVER(8480),
        /** Flink's pages of the boundary job. */
        BOUNDARY(8481),
        /** Flink's pages of the index job. */
        INDEX(8482),
        /** The collector's paths for trackers. */
        COLLECTOR(8483);

        private final int usual;

        Use(int usual) {
            this.usual = usual;
        }
    }

    private final Path file;
    private final Map<Use, Integer> ports = new EnumMap<>(Use.class);
    private final Set<Use> kept = EnumSet.noneOf(Use.class);

    private PortBook(Path file) {
        this.file = file;
    }

    /** The ports of the last {@code up} in the folder; none of them is looked at yet. */
    static PortBook open(Path file) throws IOException {
        JsonNode before = Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
        PortBook book = new PortBook(file);
        for (Use use : Use.values()) {
            if (before.path(name(use)).isInt()) {
                book.ports.put(use, before.path(name(use)).asInt());
            }
        }
        return book;
    }

    private static String name(Use use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    /** The port as chosen last. */
    synchronized int of(Use use) {
        return ports.getOrDefault(use, use.usual);
    }

    /** The port at which a program is to start now: the same as before, or another if that one is taken. */
    synchronized int choose(Use use) throws IOException {
        boolean stays = kept.contains(use) || Ports.isFree(of(use));
        ports.put(use, stays ? of(use) : another());
        write();
        return of(use);
    }

    private int another() throws IOException {
        int port = Ports.free();
        while (ports.containsValue(port)) {
            port = Ports.free();
        }
        return port;
    }

    /** From now on others know this port, so that its program comes back at it or not at all. */
    synchronized void keep(Use use) {
        kept.add(use);
    }

    private void write() throws IOException {
        ObjectNode now = JSON.createObjectNode();
        ports.forEach((use, port) -> now.put(name(use), port));
        PrivateFile.write(file, now.toPrettyString() + "\n");
    }
}
