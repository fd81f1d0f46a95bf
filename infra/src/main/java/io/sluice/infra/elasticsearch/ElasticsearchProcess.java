package io.sluice.infra.elasticsearch;

import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.process.Folders;
import io.sluice.infra.process.Ports;
import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.process.StartFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An Elasticsearch (one node, loopback only, security on) as a process of its own.
 *
 * <p>Guarantees: only the given users can log in, with the given roles; the built-in superuser does not exist; no index
 * comes into being by a mere write. It never runs as root: started by root, it runs as the user {@code elasticsearch},
 * or {@code nobody}, from a folder which that user owns. Does not guarantee: secrecy on the wire, which is this
 * machine's loopback.
 *
 * <p>Its data survive; the next start in the same folder goes on with them, at the same port.
 */
public final class ElasticsearchProcess implements AutoCloseable {
    // It dies at once if something is wrong; a machine with much else to do may take minutes.
    private static final Duration START = Duration.ofMinutes(10);

    private final ChildProcess process;
    private final ElasticsearchPlace place;
    private final ElasticsearchUser asker;
    private final int port;

    private ElasticsearchProcess(ChildProcess process, ElasticsearchPlace place, ElasticsearchUser asker, int port) {
        this.process = process;
        this.place = place;
        this.asker = asker;
        this.port = port;
    }

    /**
     * Starts an Elasticsearch and waits until it answers its users.
     *
     * @throws StartFailed if its port is taken or it does not come up
     */
    public static ElasticsearchProcess start(ElasticsearchSettings settings) throws IOException, InterruptedException {
        boolean anyPort = settings.port() == 0
                && new ElasticsearchFiles(ElasticsearchPlace.of(settings.dir().toAbsolutePath())).lastPort() == 0;
        return anyPort ? Ports.startAtFree(port -> startOnce(settings.at(port))) : startOnce(settings);
    }

    private static ElasticsearchProcess startOnce(ElasticsearchSettings settings)
            throws IOException, InterruptedException {
        ElasticsearchProcess elasticsearch = launch(settings);
        elasticsearch.awaitReady();
        return elasticsearch;
    }

    /**
     * Starts an Elasticsearch and does not wait for it.
     *
     * @throws StartFailed if its port is taken
     */
    public static ElasticsearchProcess launch(ElasticsearchSettings settings) throws IOException, InterruptedException {
        ElasticsearchPlace place = ElasticsearchPlace.of(settings.dir().toAbsolutePath());
        ElasticsearchFiles files = new ElasticsearchFiles(place);
        int port = port(settings.port() == 0 ? files.lastPort() : settings.port());
        files.write(settings, port);
        place.handOver();
        ChildProcess process = ChildProcess.start(command(settings, place));
        return new ElasticsearchProcess(process, place, settings.users().get(0), port);
    }

    /**
     * Waits until it answers its users.
     *
     * @throws StartFailed if it does not, such as because its port was taken meanwhile; it is stopped then
     */
    public void awaitReady() throws StartFailed, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        process.awaitReady(() -> answers(client), START);
    }

    private static int port(int wanted) throws IOException {
        if (wanted != 0 && !Ports.isFree(wanted)) {
            throw StartFailed.portTaken("Elasticsearch", wanted);
        }
        return wanted == 0 ? Ports.free() : wanted;
    }

    private static Command command(ElasticsearchSettings settings, ElasticsearchPlace place) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("ES_JAVA_HOME", System.getProperty("java.home"));
        environment.put("ES_PATH_CONF", place.config().toString());
        environment.put("ES_TMPDIR", place.temporary().toString());
        environment.put("ES_JAVA_OPTS", "-Xms512m -Xmx512m");
        // Its launcher tries Java's flags in a temporary folder that it leaves behind.
        environment.put("CLI_JAVA_OPTS", "-Xms16m -Xmx64m -XX:+UseSerialGC -Djava.io.tmpdir=" + place.temporary());
        environment.put("HOME", place.folder().toString());
        environment.putAll(settings.environment());
        List<String> words =
                List.of("bash", place.home().resolve("bin/elasticsearch").toString());
        return new Command(
                "elasticsearch",
                place.command(words),
                place.folder(),
                environment,
                // Written by this program, which opened it, so it may lie in a folder of the other user.
                place.folder().resolve("elasticsearch.log"),
                settings.stopWithJvm());
    }

    private boolean answers(HttpClient client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/_security/_authenticate"))
                .header("Authorization", asker.authorization())
                .timeout(Duration.ofSeconds(5))
                .build();
        // Every user may ask who it is, whatever its role; GET / needs a right, and a module that is not in every
        // distribution.
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its HTTP port. */
    public int port() {
        return port;
    }

    /** The process that started it, and as descendants the server itself. */
    public ChildProcess process() {
        return process;
    }

    /** Marks of all its processes, for whoever must end them later. */
    public List<ProcessMark> marks() {
        List<ProcessMark> marks = new ArrayList<>(process.descendants());
        marks.add(0, process.mark());
        return marks;
    }

    /** Where its data lie, for a sweep. */
    public Path dataFolder() {
        return place.data();
    }

    /** The folder in which all of it lies: the one asked for, or one outside that its own user can enter. */
    public Path folder() {
        return place.folder();
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.kill();
    }

    /** Stops it, its data written. */
    @Override
    public void close() {
        process.close();
    }

    /** Deletes all that an Elasticsearch of this folder has; it must not run. */
    public static void delete(Path dir) throws IOException, InterruptedException {
        Folders.delete(ElasticsearchPlace.folderOf(dir.toAbsolutePath()));
        Folders.delete(dir);
    }
}
