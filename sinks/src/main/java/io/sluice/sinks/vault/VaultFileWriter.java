package io.sluice.sinks.vault;

import io.sluice.schema.BlindTerm;
import io.sluice.schema.SealedBlock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes one vault file: an Avro container of sealed blocks, each an Avro block of its own, so that the blind index can
 * point at it; and the index's runs beside it.
 */
final class VaultFileWriter implements Closeable {
    private final String bucket;
    private final String file;
    private final String run;
    private final FileChannel blocks;
    private final FileChannel runs;
    private final DataFileWriter<SealedBlock> avro;
    private final List<BlindIndex.Entry> entries = new ArrayList<>();
    private long end;
    private boolean changed = true;

    VaultFileWriter(VaultFolder vault, VaultRun run, String bucket, String file) throws IOException {
        this.bucket = bucket;
        this.file = file;
        this.run = run.name();
        this.blocks = create(vault.open(this.run, file, VaultFolder.BLOCKS));
        this.runs = create(vault.open(this.run, file, VaultFolder.RUNS));
        this.avro = new DataFileWriter<>(new SpecificDatumWriter<>(SealedBlock.class));
        avro.setCodec(CodecFactory.nullCodec());
        avro.create(SealedBlock.getClassSchema(), Channels.newOutputStream(blocks));
        this.end = avro.sync();
    }

    void write(SealedBlock block) throws IOException {
        List<BlindTerm> terms = block.getTerms();
        for (BlindTerm term : terms) {
            entries.add(BlindIndex.Entry.of(ByteBuffer.wrap(term.bytes()), end));
        }
        // The index holds them; in the container they would be a second copy that nobody reads.
        block.setTerms(List.of());
        try {
            avro.append(block);
            end = avro.sync();
        } catch (IOException e) {
            throw failed(e);
        } catch (RuntimeException e) {
            // Without the cause: Avro's text may quote the block.
            throw new IOException("A sealed block does not fit the schema of the vault's file " + file);
        } finally {
            block.setTerms(terms);
        }
        changed = true;
    }

    /** Brings all of it to the disk. */
    void sync() throws IOException {
        if (!changed) {
            return;
        }
        try {
            avro.flush();
            blocks.force(false);
            if (!entries.isEmpty()) {
                ByteBuffer bytes = BlindIndex.run(entries);
                while (bytes.hasRemaining()) {
                    runs.write(bytes);
                }
                entries.clear();
                runs.force(false);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whether something was written since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** What there is of it; {@link #sync} comes first. */
    VaultPart part(boolean ended) throws IOException {
        return new VaultPart(bucket, file, run, blocks.size(), runs.size(), ended);
    }

    /** Lets go of the files; what was not brought to the disk before counts for nobody. */
    @Override
    public void close() throws IOException {
        try (blocks) {
            runs.close();
        }
    }

    private IOException failed(IOException e) {
        return new IOException(
                "The vault cannot write to its file " + file + " (" + e.getMessage() + "); see that the disk has room",
                e);
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), VaultFolder.ownersAlone(path));
    }
}
