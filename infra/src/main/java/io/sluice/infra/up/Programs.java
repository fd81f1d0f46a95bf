package io.sluice.infra.up;

import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Our own programs, each a process of this very command: the two jobs, the server and the collector. */
final class Programs {
    private static final Duration START = Duration.ofMinutes(5);

    private final List<String> self;
    private final UpFolder folder;
    private final PortBook ports;
    private final JobFiles files;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Programs(List<String> self, UpFolder folder, PortBook ports, JobFiles files) {
        this.self = self;
        this.folder = folder;
        this.ports = ports;
        this.files = files;
    }

    Part boundary() throws IOException {
        int port = ports.choose(PortBook.Use.BOUNDARY);
        return job(Stack.BOUNDARY, "768m", files.boundary(), port);
    }

    Part index() throws IOException {
        int port = ports.choose(PortBook.Use.INDEX);
        return job(Stack.INDEX, "512m", files.index(), port);
    }

    private Part job(String name, String memory, Path config, int port) throws IOException {
        ChildProcess process = start(name, memory, "run", config);
        return Part.of(process, () -> answer(port, "/jobs/overview").contains("RUNNING"), START);
    }

    Part server() throws IOException {
        int port = ports.choose(PortBook.Use.SERVER);
        ChildProcess process = start(Stack.SERVER, "256m", "serve", files.server());
        return Part.of(process, () -> !answer(port, "/").isEmpty(), START);
    }

    Part collector() throws IOException {
        int port = ports.choose(PortBook.Use.COLLECTOR);
        ChildProcess process = start(Stack.COLLECTOR, "192m", "collector", files.collector());
        return Part.of(process, () -> !answer(port, "/health").isEmpty(), START);
    }

    private ChildProcess start(String name, String memory, String verb, Path config) throws IOException {
        List<String> words = new ArrayList<>(self);
        words.addAll(1, List.of("-Xmx" + memory, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        words.addAll(List.of(verb, "--config", config.toString()));
        Path log = log(name);
        Path work = folder.folder("tmp");
        words.add(1, "-Djava.io.tmpdir=" + work);
        return ChildProcess.start(Command.of(name, words, folder.dir(), log).stopWithJvm(false));
    }

    /** Where the output of a program goes. */
    Path log(String name) throws IOException {
        return folder.folder("logs").resolve(name.replace(' ', '-') + ".log");
    }

    private String answer(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() < 400 ? response.body() : "";
    }
}
