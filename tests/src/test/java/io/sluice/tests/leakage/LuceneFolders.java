package io.sluice.tests.leakage;

import io.sluice.infra.Installation;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The Lucene indices below a data folder of Elasticsearch, read as Lucene reads them. */
final class LuceneFolders {
    /** Where a sweep says that it found something. */
    static final String VALUE = "a value in Lucene";

    private LuceneFolders() {}

    /** Has a sweep look at every value of every index below a folder; gives back how many indices there were. */
    static int sweep(Path data, Sweep sweep) throws IOException, InterruptedException {
        List<Path> folders;
        try (Stream<Path> walk = Files.walk(data)) {
            folders = walk.filter(file -> file.getFileName().toString().startsWith("segments_"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
        if (folders.isEmpty()) {
            return 0;
        }
        Path home = Installation.find().elasticsearch();
        List<String> words = new ArrayList<>(List.of(
                Installation.java().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djna.library.path=" + home.resolve("lib/platform").resolve(platform()),
                "-cp",
                own() + File.pathSeparator + home.resolve("lib") + "/*",
                LuceneDump.class.getName()));
        folders.forEach(folder -> words.add(folder.toString()));
        Process process = new ProcessBuilder(words).start();
        CompletableFuture<String> complaint = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
        read(new DataInputStream(new BufferedInputStream(process.getInputStream())), sweep);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("Lucene's files cannot be read, exit " + exit + ": " + complaint.join());
        }
        return folders.size();
    }

    private static void read(DataInputStream in, Sweep sweep) throws IOException {
        while (true) {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException e) {
                return;
            }
            sweep.bytes(VALUE, in.readNBytes(length));
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        return system + (System.getProperty("os.arch").equals("aarch64") ? "-aarch64" : "-x64");
    }

    /** Where the classes of the tests are. */
    static Path own() throws IOException {
        try {
            return Path.of(LuceneDump.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the location of the tests is no file path", e);
        }
    }
}
