package io.sluice.sinks.vault;

import io.sluice.keys.Bucket;
import io.sluice.keys.ServerKeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends the buckets whose time is over (30 days, quarantine 14, by the key store's schedule).
 *
 * <p>Guarantees: a bucket's key is destroyed first and its files second, so that whatever is cut short, no readable
 * data outlives its time; running it again finishes what was left. Does not guarantee: that it runs. The server calls it.
 */
public final class VaultExpiry {
    private final VaultFolder vault;
    private final ServerKeyStore keys;

    /**
     * @param dir the vault's folder
     * @param keys the server's
     */
    public VaultExpiry(Path dir, ServerKeyStore keys) {
        this.vault = new VaultFolder(dir);
        this.keys = keys;
    }

    /**
     * Ends what is over at that moment.
     *
     * @return names of the buckets whose files were removed
     */
    public List<String> expire(Instant now) throws IOException {
        List<Bucket> due = VaultReader.buckets(vault).stream()
                .filter(bucket -> !now.isBefore(keys.endOf(bucket)))
                .toList();
        keys.destroyBuckets(due);
        List<String> removed = new ArrayList<>();
        for (Bucket bucket : due) {
            if (!keys.isGone(bucket)) {
                throw new IOException("The key of bucket " + bucket + " is still there, so its files stay");
            }
            removeFolder(vault.dir().resolve(bucket.name()));
            removed.add(bucket.name());
        }
        removeUnpublished(now);
        return removed;
    }

    /** Files that never got into a completed checkpoint have no bucket's folder. */
    private void removeUnpublished(Instant now) throws IOException {
        for (String run : vault.runs()) {
            for (String file : VaultFolder.names(vault.open().resolve(run), VaultFolder.BLOCKS)) {
                int dot = file.indexOf('.');
                if (dot > 0 && !now.isBefore(keys.endOf(Bucket.parse(file.substring(0, dot))))) {
                    keys.destroyBuckets(List.of(Bucket.parse(file.substring(0, dot))));
                    for (String kind : List.of(VaultFolder.BLOCKS, VaultFolder.RUNS, VaultFolder.SINCE)) {
                        Files.deleteIfExists(vault.open(run, file, kind));
                    }
                }
            }
        }
    }

    private static void removeFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
