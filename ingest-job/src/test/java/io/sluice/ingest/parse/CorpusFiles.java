package io.sluice.ingest.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the corpora, found through the system property {@code sluice.corpora}. */
public final class CorpusFiles {
    private CorpusFiles() {}

    public static Path path(String name) {
        String folder = System.getProperty("sluice.corpora");
        if (folder == null) {
            throw new IllegalStateException("set -Dsluice.corpora to the folder of the corpora");
        }
        return Path.of(folder, name);
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of a file, cut as its source would be. */
    public static List<Bytes> records(byte[] value, SourceOptions options) {
        RecordList list = new RecordList();
        Records.cut(Bytes.of(value), options, list);
        return list.records;
    }
}
