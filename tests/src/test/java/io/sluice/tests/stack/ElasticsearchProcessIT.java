package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.process.ProcessMark;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElasticsearchProcessIT {
    private static final ElasticsearchUser WRITER =
            new ElasticsearchUser("writer", "writer-pw", List.of("letters_writer"));
    private static final ElasticsearchUser READER =
            new ElasticsearchUser("reader", "reader-pw", List.of("letters_reader"));
    private static final String ROLES =
            """
            letters_writer:
              indices:
                - names: [ "letters" ]
                  privileges: [ "create_index", "create", "read", "maintenance" ]
            letters_reader:
              indices:
                - names: [ "letters" ]
                  privileges: [ "read" ]
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path dir = Path.of("unset");

    @BeforeEach
    void makeFolder() throws Exception {
        dir = Files.createTempDirectory("sluice-es");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void deleteFolder() throws Exception {
        ElasticsearchProcess.delete(dir.resolve("es"));
        Files.delete(dir);
    }

    @Test
    void keepsItsDataAndPortOverStopAndCrashAndLeavesNoProcess() throws Exception {
        int port;
        List<ProcessMark> marks;
        try (ElasticsearchProcess elasticsearch = start()) {
            port = elasticsearch.port();
            marks = elasticsearch.marks();
            assertTrue(marks.size() > 1, "the server itself is among them");
            assertTrue(leavesTemporaryFilesHere(elasticsearch), "its launcher's temporary files lie in its own folder");
            assertEquals(200, ask(elasticsearch, WRITER, "PUT", "/letters", "{}"));
            assertEquals(201, ask(elasticsearch, WRITER, "PUT", "/letters/_create/1?refresh=true", "{\"a\":1}"));
        }
        assertTrue(marks.stream().allMatch(mark -> mark.find().isEmpty()));
        try (ElasticsearchProcess elasticsearch = start()) {
            assertEquals(port, elasticsearch.port());
            awaitShards(elasticsearch);
            assertEquals(200, ask(elasticsearch, READER, "GET", "/letters/_doc/1", ""));
            marks = elasticsearch.marks();
            elasticsearch.kill();
        }
        assertTrue(marks.stream().allMatch(mark -> mark.find().isEmpty()));
    }

    @Test
    void letsEachUserDoWhatItsRoleSaysAndNobodyElse() throws Exception {
        try (ElasticsearchProcess elasticsearch = start()) {
            assertEquals(200, ask(elasticsearch, WRITER, "PUT", "/letters", "{}"));
            assertEquals(403, ask(elasticsearch, READER, "PUT", "/letters/_create/1", "{}"));
            assertEquals(403, ask(elasticsearch, READER, "GET", "/_cluster/settings", ""));
            ElasticsearchUser guess = new ElasticsearchUser("reader", "guess", List.of());
            assertEquals(401, ask(elasticsearch, guess, "GET", "/letters/_search", ""));
            ElasticsearchUser builtIn = new ElasticsearchUser("elastic", "changeme", List.of());
            assertEquals(401, ask(elasticsearch, builtIn, "GET", "/", ""));
            assertFalse(Files.readString(elasticsearch.folder().resolve("config/users"))
                    .contains("writer-pw"));
        }
    }

    private static boolean leavesTemporaryFilesHere(ElasticsearchProcess elasticsearch) throws Exception {
        try (var files = Files.walk(elasticsearch.folder())) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("final-flags"));
        }
    }

    private ElasticsearchProcess start() throws Exception {
        return ElasticsearchProcess.start(ElasticsearchSettings.of(dir.resolve("es"), List.of(READER, WRITER), ROLES));
    }

    /** The server waits for the shards, not this test. */
    private void awaitShards(ElasticsearchProcess elasticsearch) throws Exception {
        int status;
        do {
            status = ask(elasticsearch, READER, "GET", "/letters/_search", "");
        } while (status == 503);
        assertEquals(200, status);
    }

    private int ask(ElasticsearchProcess elasticsearch, ElasticsearchUser user, String method, String path, String body)
            throws Exception {
        String login = Base64.getEncoder()
                .encodeToString((user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(elasticsearch.url() + path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
