package io.sluice.infra.elasticsearch;

import io.sluice.infra.Installation;
import io.sluice.infra.process.Account;
import io.sluice.infra.process.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where an Elasticsearch lives and as whom: the folder asked for, or, when started by root below a folder that no one
 * else may enter, one outside of it.
 *
 * @param folder configuration, data and logs
 * @param home the unpacked distribution
 * @param account the user it runs as; empty: as this program
 */
record ElasticsearchPlace(Path folder, Path home, Optional<Account> account) {
    private static final List<String> USERS = List.of("elasticsearch", "nobody");
    private static final List<Path> OUTSIDE = List.of(Path.of("/var/lib"), Path.of("/var/tmp"));

    /** Finds it and makes its folders. */
    static ElasticsearchPlace of(Path dir) throws IOException, InterruptedException {
        Path home = Installation.find().elasticsearch();
        if (!Account.isRoot()) {
            return new ElasticsearchPlace(Folders.make(dir, "rwx------"), home, Optional.empty());
        }
        Account account = Account.firstOf(USERS);
        Path folder = Folders.make(reachable(dir, account), "rwx------");
        Path usable = home;
        if (!account.canRead(home.resolve("bin/elasticsearch")) || !account.canRead(home.resolve("lib"))) {
            usable = folder.resolve("home");
            if (!Files.isRegularFile(usable.resolve("complete"))) {
                Folders.delete(usable);
                Folders.copy(home, usable);
                Files.createFile(usable.resolve("complete"));
            }
        }
        return new ElasticsearchPlace(folder, usable, Optional.of(account));
    }

    /** The folder in which all of an Elasticsearch of {@code dir} lies; nothing is made. */
    static Path folderOf(Path dir) throws IOException, InterruptedException {
        return Account.isRoot() ? reachable(dir, Account.firstOf(USERS)) : dir;
    }

    private static Path reachable(Path dir, Account account) throws IOException, InterruptedException {
        Files.createDirectories(dir);
        Path above = dir.toRealPath().getParent();
        if (above != null && account.canRead(above)) {
            return dir;
        }
        for (Path outside : OUTSIDE) {
            if (Files.isWritable(outside) && account.canRead(outside)) {
                return outside.resolve("sluice-elasticsearch-" + shortHash(dir.toRealPath()));
            }
        }
        return dir;
    }

    private static String shortHash(Path dir) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(dir.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    Path config() {
        return folder.resolve("config");
    }

    Path data() {
        return folder.resolve("data");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    /** The words, run as the right user. */
    List<String> command(List<String> words) throws IOException {
        return account.isPresent() ? account.get().command(words) : words;
    }

    /** Hands the folder to the user that runs there. */
    void handOver() throws IOException {
        if (account.isPresent()) {
            account.get().own(folder);
        }
    }
}
