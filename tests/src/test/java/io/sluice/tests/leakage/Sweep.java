package io.sluice.tests.leakage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Looks for canaries in one store; says where one was found, how much it has looked at, and what it could not unpack.
 *
 * <p>Bytes are looked at as they are, without their zeros, and once more unpacked, packed things within packed ones too.
 * Not thread-safe.
 */
final class Sweep {
    private static final int DEEPEST = 4;
    private static final int BUFFER = 1 << 16;

    private final Needles needles;
    private final Map<Canaries.Canary, Set<String>> hits = new LinkedHashMap<>();
    private final List<String> notUnpacked = new ArrayList<>();
    private long bytes;
    private int files;
    private int unpacked;

    Sweep(Needles needles) {
        this.needles = needles;
    }

    /** Every file below a folder, and its name, for names can leak as well. */
    Sweep folder(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(folder)) {
            found = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : found) {
            text("name of " + file, folder.relativize(file).toString());
            file(file);
        }
        return this;
    }

    /** One file, as it is and unpacked. */
    Sweep file(Path file) throws IOException {
        files++;
        Optional<Packing> packing;
        try (InputStream in = Files.newInputStream(file)) {
            packing = Packing.of(Packing.head(in));
        }
        try (InputStream in = Files.newInputStream(file)) {
            pass(file.toString(), in);
        }
        if (packing.isPresent()) {
            try (InputStream in = Files.newInputStream(file)) {
                unpack(file.toString(), packing.get(), in, 1);
            }
        }
        return this;
    }

    /** A segment of a topic: its batches unpacked, keys, values and headers of every record. */
    Sweep kafkaSegment(Path file) throws IOException {
        file(file);
        try (FileRecords segment = FileRecords.open(file.toFile(), false)) {
            for (RecordBatch batch : segment.batches()) {
                unpacked++;
                for (Record record : batch) {
                    String where = file + " offset " + record.offset();
                    bytes(where + " key", copy(record.key()));
                    bytes(where + " value", copy(record.value()));
                    for (Header header : record.headers()) {
                        text(where + " header", header.key());
                        bytes(where + " header", header.value() == null ? new byte[0] : header.value());
                    }
                }
            }
        }
        return this;
    }

    private static byte[] copy(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return new byte[0];
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    Sweep text(String where, String text) {
        return bytes(where, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes as they are and unpacked. */
    Sweep bytes(String where, byte[] bytes) {
        try {
            look(where, bytes, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void look(String where, byte[] bytes, int depth) throws IOException {
        pass(where, new ByteArrayInputStream(bytes));
        Optional<Packing> packing = Packing.of(Packing.head(new ByteArrayInputStream(bytes)));
        if (packing.isPresent() && depth < DEEPEST) {
            unpack(where, packing.get(), new ByteArrayInputStream(bytes), depth + 1);
        }
    }

    private void unpack(String where, Packing packing, InputStream in, int depth) {
        try {
            packing.unpack(in, (name, part) -> look(where + " (" + name + ")", part.readAllBytes(), depth));
            unpacked++;
        } catch (IOException | RuntimeException e) {
            // It began like one and is none, or ends early; its bytes have been looked at as they are.
            notUnpacked.add(packing + " " + where + ": " + e);
        }
    }

    private void pass(String where, InputStream in) throws IOException {
        Needles.Pass pass = needles.pass();
        Needles.Pass withoutZeros = needles.pass();
        byte[] buffer = new byte[BUFFER];
        byte[] others = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            pass.feed(buffer, 0, read);
            withoutZeros.feed(others, 0, others(buffer, read, others));
            bytes += read;
        }
        found(where, pass);
        found(where + " without zeros", withoutZeros);
    }

    /** What is UTF-16 of plain letters, encoded or not, is the letters themselves once the zeros are left out. */
    private static int others(byte[] buffer, int length, byte[] others) {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            others[kept] = buffer[i];
            kept += buffer[i] == 0 ? 0 : 1;
        }
        return kept;
    }

    private void found(String where, Needles.Pass pass) {
        pass.found().forEach(canary -> hits.computeIfAbsent(canary, unused -> new LinkedHashSet<>())
                .add(where));
    }

    /** What was found, and where. */
    Map<Canaries.Canary, Set<String>> hits() {
        return hits;
    }

    /** What began as something packed and could not be unpacked to its end. */
    List<String> notUnpacked() {
        return notUnpacked;
    }

    /** How many bytes it has looked at: a sweep of nothing proves nothing. */
    long lookedAt() {
        return bytes;
    }

    int files() {
        return files;
    }

    int unpacked() {
        return unpacked;
    }
}
