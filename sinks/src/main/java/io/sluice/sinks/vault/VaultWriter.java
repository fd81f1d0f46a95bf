package io.sluice.sinks.vault;

import io.sluice.schema.SealedBlock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

/** Writes sealed blocks to files that stay open across checkpoints; see {@link VaultSink}. */
final class VaultWriter
        implements StatefulSinkWriter<SealedBlock, VaultPart>, CommittingSinkWriter<SealedBlock, VaultPart> {
    private final VaultFolder vault;
    private final VaultRun run;
    private final Map<String, VaultFileWriter> files = new LinkedHashMap<>();

    /** Files that ended since the last barrier; from the next one on the committer's state holds them. */
    private final List<VaultPart> ended = new ArrayList<>();

    private final List<String> unmarked = new ArrayList<>();

    private VaultWriter(VaultFolder vault, VaultRun run) {
        this.vault = vault;
        this.run = run;
    }

    /**
     * A writer that goes on from a checkpoint, or begins.
     *
     * @param parts what the checkpoint holds: cut off behind that, and ended
     * @param restored the checkpoint's id
     */
    static VaultWriter open(Path dir, Clock clock, Collection<VaultPart> parts, OptionalLong restored)
            throws IOException {
        VaultFolder vault = new VaultFolder(dir);
        VaultFolder.makeFolder(vault.open());
        VaultWriter writer = new VaultWriter(vault, VaultRun.begin(vault));
        try {
            for (VaultPart part : parts) {
                writer.restore(part, clock);
            }
            writer.run.sweep(vault, restored);
        } catch (IOException e) {
            writer.close();
            throw e;
        }
        return writer;
    }

    @Override
    public void write(SealedBlock block, Context context) throws IOException {
        write(block);
    }

    void write(SealedBlock block) throws IOException {
        VaultFileWriter file = files.get(block.getFile());
        if (block.getEndsFile()) {
            if (file != null) {
                files.remove(block.getFile());
                end(file);
            }
            return;
        }
        if (file == null) {
            file = new VaultFileWriter(vault, run, block.getBucket(), block.getFile());
            files.put(block.getFile(), file);
            unmarked.add(block.getFile());
        }
        file.write(block);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        for (VaultFileWriter file : files.values()) {
            file.sync();
        }
        if (endOfInput) {
            for (VaultFileWriter file : files.values()) {
                end(file);
            }
            files.clear();
        }
    }

    @Override
    public Collection<VaultPart> prepareCommit() throws IOException {
        List<VaultPart> parts = new ArrayList<>(ended);
        ended.clear();
        for (VaultFileWriter file : files.values()) {
            if (file.takeChanged()) {
                parts.add(file.part(false));
            }
        }
        return parts;
    }

    @Override
    public List<VaultPart> snapshotState(long checkpointId) throws IOException {
        for (String file : unmarked) {
            VaultFolder.write(
                    vault.open(run.name(), file, VaultFolder.SINCE),
                    (checkpointId + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        unmarked.clear();
        List<VaultPart> parts = new ArrayList<>();
        for (VaultFileWriter file : files.values()) {
            parts.add(file.part(false));
        }
        return parts;
    }

    @Override
    public void close() throws IOException {
        List<Closeable> all = new ArrayList<>(files.values());
        all.add(run);
        files.clear();
        IOException failure = null;
        for (Closeable one : all) {
            try {
                one.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void end(VaultFileWriter file) throws IOException {
        file.sync();
        ended.add(file.part(true));
        file.close();
    }

    private void restore(VaultPart part, Clock clock) throws IOException {
        if (vault.isClosed(part)) {
            return;
        }
        if (vault.isExpired(part, clock.instant())) {
            return;
        }
        VaultFolder.Published published = vault.readPublished(part.bucket(), part.file());
        VaultPart cut = new VaultPart(
                part.bucket(),
                part.file(),
                part.run(),
                Math.max(part.length(), published.length()),
                Math.max(part.runs(), published.runs()),
                true);
        cut(vault.locate(cut, VaultFolder.BLOCKS), cut.length());
        cut(vault.locate(cut, VaultFolder.RUNS), cut.runs());
        ended.add(cut);
    }

    private static void cut(Path path, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (channel.size() < length) {
                throw new IOException("The vault's file " + path + " has " + channel.size()
                        + " bytes, but the checkpoint" + " holds " + length + " of it; restore it from a backup");
            }
            channel.truncate(length);
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "The vault's file " + path + " is missing, but the checkpoint holds " + length
                            + " bytes of it; restore it from a backup",
                    e);
        }
    }
}
