package io.sluice.cli;

import io.sluice.keys.FileKeyStore;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.ThrowawayKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose keys an offline verb uses. */
final class KeyFlags {
    private static final String KEYS = "keys";

    @Mixin
    DirFlag dir = new DirFlag();

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = "Key store to use (default: that of --dir; without one, keys that are thrown away).")
    @Nullable
    String keys;

    /** Opens it; says so on standard error if the keys are thrown away afterwards. */
    KeyStore open(Surroundings here) throws CommandFailure {
        Path folder = keys != null ? here.resolve(keys) : dir.path(here).resolve(KEYS);
        if (!Files.isDirectory(folder)) {
            if (keys != null || dir.isGiven()) {
                throw new CommandFailure("there is no key store " + folder + "; check "
                        + (keys != null ? "--keys" : "--dir") + ", or leave it away for throwaway keys");
            }
            here.err()
                    .println("No key store here: tokens are made with throwaway keys and match nothing made before or"
                            + " after.");
            return new ThrowawayKeyStore(here.random());
        }
        try {
            return FileKeyStore.open(folder, here.clock(), here.random());
        } catch (KeyStoreFailure e) {
            throw new CommandFailure("cannot open the key store " + folder + ": " + e.getMessage(), e);
        }
    }
}
