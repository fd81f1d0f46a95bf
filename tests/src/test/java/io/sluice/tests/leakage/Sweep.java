package io.sluice.tests.leakage;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Looks for canaries in one store; says where one was found, and how much it has looked at. */
final class Sweep {
    private final String store;
    private final Needles needles;
    private final List<String> hits = new ArrayList<>();
    private long bytes;

    Sweep(String store, Needles needles) {
        this.store = store;
        this.needles = needles;
    }

    /** Every file below a folder, as it is and unpacked: gzip, zip, zstd, Avro containers. */
    Sweep folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    // Names can leak as well as contents.
                    text("name of " + file, folder.relativize(file).toString());
                    file(file);
                } catch (NoSuchFileException e) {
                    // A running store replaces its files; what took this one's place is looked at in its turn.
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return this;
    }

    private void file(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            stream(file.toString(), in);
        }
        byte[] head = new byte[4];
        try (InputStream in = Files.newInputStream(file)) {
            if (in.readNBytes(head, 0, 4) < 4) {
                return;
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            unpacked(file, head, in);
        } catch (IOException | RuntimeException e) {
            // It began like an archive and is none, or ends early; its bytes have been looked at above.
        }
    }

    private void unpacked(Path file, byte[] head, InputStream in) throws IOException {
        if (head[0] == 0x1f && head[1] == (byte) 0x8b) {
            stream(file + " (gzip)", new GZIPInputStream(in));
        } else if (head[0] == 'P' && head[1] == 'K') {
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                stream(file + "!" + entry.getName(), zip);
            }
        } else if (head[0] == 0x28 && head[1] == (byte) 0xb5 && head[2] == 0x2f && head[3] == (byte) 0xfd) {
            stream(file + " (zstd)", new ZstdInputStream(in));
        } else if (head[0] == 'O' && head[1] == 'b' && head[2] == 'j' && head[3] == 1) {
            try (DataFileStream<GenericRecord> avro = new DataFileStream<>(in, new GenericDatumReader<>())) {
                for (GenericRecord record : avro) {
                    text(file + " (avro)", record.toString());
                }
            }
        }
    }

    /** Bytes of any length. */
    Sweep stream(String where, InputStream in) throws IOException {
        Needles.Pass pass = needles.pass();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            pass.feed(buffer, 0, read);
            bytes += read;
        }
        pass.found().forEach(canary -> hits.add(canary.kind() + " of " + canary.place() + " in " + where));
        return this;
    }

    Sweep bytes(String where, byte[] bytes) {
        try {
            stream(where, new ByteArrayInputStream(bytes));
            if (bytes.length > 4 && bytes[0] == 0x28 && bytes[1] == (byte) 0xb5) {
                stream(where + " (zstd)", new ByteArrayInputStream(Zstd.decompress(bytes, 1 << 24)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Sweep text(String where, String text) {
        return bytes(where, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    String store() {
        return store;
    }

    List<String> hits() {
        return hits;
    }

    /** How many bytes it has looked at: a sweep of nothing proves nothing. */
    long lookedAt() {
        return bytes;
    }
}
