package io.sluice.infra.up;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.infra.process.Ports;
import io.sluice.infra.process.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ports of one embedded stack: the usual ones where they are free at the first start, else free ones, and from then
 * on the same.
 *
 * @param kafka clients' listener
 * @param elasticsearch HTTP
 * @param server the server's pages
 * @param boundary Flink's pages of the boundary job
 * @param index Flink's pages of the index job
 */
record PortBook(int kafka, int elasticsearch, int server, int boundary, int index) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of the file, as far as nobody has taken them since; written back. */
    static PortBook open(Path file) throws IOException {
        ObjectNode before = JSON.createObjectNode();
        if (Files.exists(file) && JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode read) {
            before = read;
        }
        PortBook book = new PortBook(
                Ports.freeOr(before.path("kafka").asInt(9092)),
                Ports.freeOr(before.path("elasticsearch").asInt(9200)),
                Ports.freeOr(before.path("server").asInt(8480)),
                Ports.freeOr(before.path("boundary").asInt(8481)),
                Ports.freeOr(before.path("index").asInt(8482)));
        ObjectNode now = JSON.createObjectNode()
                .put("kafka", book.kafka())
                .put("elasticsearch", book.elasticsearch())
                .put("server", book.server())
                .put("boundary", book.boundary())
                .put("index", book.index());
        PrivateFile.write(file, now.toPrettyString() + "\n");
        return book;
    }
}
