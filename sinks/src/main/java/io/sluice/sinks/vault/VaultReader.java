package io.sluice.sinks.vault;

import io.sluice.keys.Bucket;
import io.sluice.keys.ServerKeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the vault, in the server alone: it needs the private halves of the buckets.
 *
 * <p>Guarantees: it sees what completed checkpoints hold and no byte beyond; a block that was changed, cut or moved is
 * refused as a whole. Does not guarantee: that whoever reads may. That takes a case, and the audit before it; and that
 * no block is missing: a file cut at a block's end, with its published length lowered, is not noticed here.
 *
 * <p>Thread-safe; it may read while a job writes.
 */
public final class VaultReader {
    private final VaultFolder vault;
    private final ServerKeyStore keys;

    /**
     * @param dir the vault's folder
     * @param keys open the buckets
     */
    public VaultReader(Path dir, ServerKeyStore keys) {
        this.vault = new VaultFolder(dir);
        this.keys = keys;
    }

    /** The files of which something is published, in order of bucket and name. */
    public List<VaultFile> files() throws IOException {
        List<VaultFile> files = new ArrayList<>();
        for (Bucket bucket : buckets(vault)) {
            for (String name : VaultFolder.names(vault.dir().resolve(bucket.name()), VaultFolder.PUBLISHED)) {
                VaultFolder.Published published = vault.readPublished(bucket.name(), name);
                boolean closed = Files.exists(vault.published(bucket.name(), name, VaultFolder.INDEX));
                files.add(new VaultFile(bucket.name(), name, published.length(), published.runs(), closed));
            }
        }
        return files;
    }

    /** The buckets that have a folder. */
    static List<Bucket> buckets(VaultFolder vault) throws IOException {
        List<Bucket> buckets = new ArrayList<>();
        if (Files.isDirectory(vault.dir())) {
            try (Stream<Path> folders = Files.list(vault.dir())) {
                for (Path folder : folders.sorted().toList()) {
                    try {
                        buckets.add(Bucket.parse(folder.getFileName().toString()));
                    } catch (IllegalArgumentException e) {
                        // What is not named as a bucket is none.
                    }
                }
            }
        }
        return buckets;
    }

    /**
     * Gives every record of a file.
     *
     * @throws RefusedBlock if a block does not open; the records before it were given
     * @throws io.sluice.keys.KeyUnavailable if the bucket's key is destroyed
     */
    public void read(VaultFile file, Consumer<VaultRecord> each) throws IOException {
        try (VaultBlocks blocks = blocks(file)) {
            for (List<VaultRecord> records = blocks.next(); records != null; records = blocks.next()) {
                records.forEach(each);
            }
        }
    }

    /**
     * Gives every record of the blocks that hold a term: those with the term among others without.
     *
     * @param term 16 bytes, under {@link io.sluice.keys.KeyStore#blindIndex()}
     */
    public void find(VaultFile file, byte[] term, Consumer<VaultRecord> each) throws IOException {
        List<Long> positions = positions(file, term);
        if (positions.isEmpty()) {
            return;
        }
        try (VaultBlocks blocks = blocks(file)) {
            for (long position : positions) {
                blocks.at(position).forEach(each);
            }
        }
    }

    private VaultBlocks blocks(VaultFile file) throws IOException {
        return new VaultBlocks(vault.published(file.bucket(), file.name(), VaultFolder.BLOCKS), file, keys);
    }

    private List<Long> positions(VaultFile file, byte[] term) throws IOException {
        Path index = vault.published(file.bucket(), file.name(), VaultFolder.INDEX);
        if (!Files.exists(index)) {
            try {
                return BlindIndex.find(
                        vault.published(file.bucket(), file.name(), VaultFolder.RUNS), file.runs(), term);
            } catch (NoSuchFileException e) {
                // The file was closed at this moment; its index is there now.
            }
        }
        return BlindIndex.find(index, Files.size(index), term);
    }
}
