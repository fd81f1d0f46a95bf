package io.sluice.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file to which the server appends what its accounts do: one JSON object a line, of mode 0600.
 *
 * <p>Guarantees: an entry is on the disk when {@link #write} returns; a line that a crash cut off spoils no other. Does
 * not guarantee: anything against who may write the server's files.
 *
 * <p>Thread-safe, for one process.
 */
public final class AuditLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Clock clock;

    public AuditLog(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    /**
     * Writes one entry.
     *
     * @param account who did it
     * @param action what, one word
     * @param facts what else is to be known of it, by name; no value of a record
     * @throws AuditUnavailable if it is not on the disk: then it must not be done
     */
    public synchronized void write(String account, String action, Map<String, Object> facts) throws AuditUnavailable {
        ObjectNode entry = JSON.createObjectNode()
                .put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("account", account)
                .put("action", action);
        facts.forEach((name, fact) -> entry.set(name, JSON.valueToTree(fact)));
        try (FileChannel channel = open()) {
            String begin = endsWithinALine(channel) ? "\n" : "";
            ByteBuffer bytes =
                    ByteBuffer.wrap((begin + JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new AuditUnavailable(
                    "The audit log cannot be written, so nothing was done; look at the disk and the rights of the"
                            + " server's folder.",
                    e);
        }
    }

    /**
     * Whether there is an entry of an action with a number among its facts.
     *
     * @throws AuditUnavailable if the file cannot be read
     */
    public synchronized boolean contains(String action, String fact, long number) throws AuditUnavailable {
        if (!Files.exists(file)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> {
                JsonNode entry = parse(line);
                return entry.path("action").asText().equals(action)
                        && entry.path(fact).isNumber()
                        && entry.path(fact).asLong() == number;
            });
        } catch (IOException | UncheckedIOException e) {
            throw new AuditUnavailable(
                    "The audit log cannot be read; look at the disk and the rights of the server's folder.", e);
        }
    }

    /** A line that a crash cut off is no entry. */
    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private FileChannel open() throws IOException {
        boolean made = !Files.exists(file);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (made) {
            // Or a crash might take the file's name with it.
            try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
        return channel;
    }

    private static boolean endsWithinALine(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }
}
