package io.sluice.sinks.elasticsearch;

import io.sluice.schema.OwnTypes;
import io.sluice.schema.RefusedDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A topic in a folder, one file per document id, so that a test can read what a job in a cluster wrote. */
record FolderTopic(Path folder) implements RefusedTopic {
    @Override
    public CompletableFuture<Void> send(RefusedDocument document) {
        try {
            ByteBuffer bytes = document.toByteBuffer();
            Path partial = Files.createTempFile(folder, document.getId(), ".partial");
            Files.write(partial, bytes.array());
            Files.move(partial, folder.resolve(document.getId()), StandardCopyOption.REPLACE_EXISTING);
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The documents by id. */
    Map<String, RefusedDocument> documents() throws IOException {
        OwnTypes.trust();
        Map<String, RefusedDocument> documents = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                documents.put(
                        file.getFileName().toString(),
                        RefusedDocument.fromByteBuffer(ByteBuffer.wrap(Files.readAllBytes(file))));
            }
        }
        return documents;
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** Opens it where the sink runs. */
    static RefusedTopic.Opener opener(Path folder) {
        String name = folder.toString();
        return () -> new FolderTopic(Path.of(name));
    }
}
