package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.Main;
import io.sluice.infra.Installation;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.process.Folders;
import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.topics.Principal;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import io.sluice.tests.command.Sluice;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What {@code sluice up --no-sample} starts, as a test sees it: the command itself as a child process, with the real
 * Kafka, Elasticsearch, both jobs and the server, each a process of its own, in a temporary folder.
 *
 * <p>Ports are free ones; {@link #close()} stops all as Ctrl-C does, fails if a process is left, and deletes the folder.
 * Not thread-safe, but for {@link #kill}, {@link #await} and the questions.
 */
public final class RunningSluice implements AutoCloseable {
    public static final Topics TOPICS = new Topics("");
    public static final Indices INDICES = new Indices("");

    /** For a machine that has much else to do; no test rests on how long something takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Duration STOP = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The account that may read the documents of a route. */
    private static final Map<String, String> READERS = Map.of(
            "analytics", ElasticsearchRoles.SERVER,
            "security", ElasticsearchRoles.SECURITY,
            "operations", ElasticsearchRoles.OPERATOR);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path base;
    private final Path dir;
    private final Path log;
    private ChildProcess up;
    private final Account account = new Account();
    private final CommittedRecords balance;

    private RunningSluice(Path base, ChildProcess up) throws IOException {
        this.base = base;
        this.dir = dir(base);
        this.log = log(base);
        this.up = up;
        this.balance = new CommittedRecords(admin(), TOPICS.balance());
    }

    private static Path dir(Path base) {
        return base.resolve("data");
    }

    private static Path log(Path base) {
        return base.resolve("up.log");
    }

    /** Starts it and waits until everything runs. */
    public static RunningSluice start() throws Exception {
        Path base = Files.createTempDirectory("sluice-running");
        ChildProcess up = null;
        try {
            // Elasticsearch, which refuses root, must pass through as another user.
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
            chooseFreePorts(Folders.make(dir(base), "rwx--x--x"));
            up = launch(base);
            return new RunningSluice(base, up);
        } catch (Exception | AssertionError e) {
            if (up != null) {
                up.stop(STOP);
            }
            delete(base);
            throw e;
        }
    }

    /** The folder as an earlier {@code up} leaves it, with ports that other tests on this machine will not choose. */
    private static void chooseFreePorts(Path dir) throws IOException {
        Files.writeString(dir.resolve("sluice-folder"), "The folder of a test.\n");
        List<String> names = List.of("kafka", "elasticsearch", "server", "boundary", "index", "collector");
        Map<String, Integer> ports = new HashMap<>();
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (String name : names) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.put(name, socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        JSON.writeValue(dir.resolve("ports.json").toFile(), ports);
        Files.setPosixFilePermissions(dir.resolve("ports.json"), PosixFilePermissions.fromString("rw-------"));
    }

    private static ChildProcess launch(Path base) throws IOException, InterruptedException {
        ChildProcess up = ChildProcess.start(Command.of(
                "up",
                List.of(
                        Installation.java().toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        Main.class.getName(),
                        "up",
                        "--no-sample",
                        "--dir",
                        dir(base).toString()),
                base,
                log(base)));
        up.awaitReady(() -> count(log(base), "Sluice runs.") > 0, PATIENCE);
        return up;
    }

    /** That of the command: without what only tests have, for Flink's test jars bring a switch that silences all logs. */
    public static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(part -> !part.endsWith("-tests.jar") && !part.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Stops it as Ctrl-C does, and starts it again with its data. */
    public void restart() throws Exception {
        stop();
        Files.delete(log);
        up = launch(base);
    }

    /** Stops it as Ctrl-C does; the folder stays. */
    public void stop() throws Exception {
        List<ProcessMark> marks = up.isAlive() ? marks() : List.of();
        up.stop(STOP);
        assertEquals(
                List.of(),
                marks.stream().filter(mark -> mark.find().isPresent()).toList(),
                "left running");
        assertFalse(Files.exists(dir.resolve("endpoints.json")), "the stop was not clean");
    }

    // ---- what is where

    /** The folder that {@code --dir} names. */
    public Path folder() {
        return dir;
    }

    /** What {@code up} itself said. */
    public Path upLog() {
        return log;
    }

    /** Everything that programs of this project said: {@code up}, both jobs, the server. */
    public List<Path> logs() throws IOException {
        List<Path> logs = new ArrayList<>(List.of(log));
        try (Stream<Path> files = Files.list(dir.resolve("logs"))) {
            files.sorted().forEach(logs::add);
        }
        return logs;
    }

    public JsonNode endpoints() throws IOException {
        return JSON.readTree(dir.resolve("endpoints.json").toFile());
    }

    /** Password of an account of {@code server}, {@code kafka} or {@code elasticsearch}. */
    public String password(String system, String account) throws IOException {
        return JSON.readTree(dir.resolve("passwords.json").toFile())
                .path(system)
                .path(account)
                .asText();
    }

    /** All processes that it consists of now. */
    public List<ProcessMark> marks() throws IOException {
        List<ProcessMark> marks = new ArrayList<>();
        for (JsonNode each : endpoints().path("processes")) {
            marks.add(new ProcessMark(
                    each.path("name").asText(),
                    each.path("pid").asLong(),
                    Instant.parse(each.path("started").asText())));
        }
        return marks;
    }

    /** The processes of one part. */
    public List<ProcessMark> marks(StackPart part) throws IOException {
        return marks().stream().filter(mark -> mark.name().equals(part.label())).toList();
    }

    /** Where trackers send to. */
    public URI collector() throws IOException {
        return URI.create(endpoints().path("collector").asText());
    }

    // ---- Kafka

    /** Client properties of a principal. */
    public Map<String, String> login(Principal principal) throws IOException {
        return login(principal.user());
    }

    /** Client properties of the administrator, who may all. */
    public Map<String, String> admin() throws IOException {
        return login(BrokerProcess.ADMIN);
    }

    private Map<String, String> login(String user) throws IOException {
        return ScramLogin.clientProperties(endpoints().path("kafka").asText(), user, password("kafka", user));
    }

    /** The administrator. */
    public Admin kafka() throws IOException {
        return Admin.create(new HashMap<>(admin()));
    }

    /** Writes to the raw topics as senders do. */
    public KafkaProducer<byte[], byte[]> sender() throws IOException {
        Map<String, Object> properties = new HashMap<>(login(Principal.SENDER));
        properties.put("linger.ms", "5");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What a clean topic holds by now, in the order of its partitions. */
    public CleanTopic clean(String route) throws IOException {
        return new CleanTopic(admin(), TOPICS.clean(route));
    }

    /** The balance as it is now, without gaps; what came in may be there, and what became of it not yet. */
    public synchronized Account account() {
        balance.read(account::add);
        return account.contiguous();
    }

    // ---- the command

    /** A verb of the command, run in this process, with {@code --dir} where it is. */
    public Sluice.Run run(String... args) {
        return run(new byte[0], args);
    }

    /** The same with this standard input; {@code --dir} stands behind the verb and its part. */
    public Sluice.Run run(byte[] input, String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.add("--dir");
        words.add(dir.toString());
        return new Sluice(base).clock(Clock.systemUTC()).input(input).run(words.toArray(String[]::new));
    }

    /** Sends a file through the verb {@code send}. */
    public void send(Path file, String... options) {
        send(new byte[0], file.toString(), options);
    }

    /** Sends bytes through the verb {@code send}. */
    public void send(byte[] bytes, String... options) {
        send(bytes, "-", options);
    }

    private void send(byte[] input, String file, String... options) {
        List<String> words = new ArrayList<>(List.of("send", file));
        words.addAll(List.of(options));
        Sluice.Run run = run(input, words.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
    }

    // ---- Elasticsearch

    /** The documents of a route, by the account that may read them. */
    public Documents documents(String route) throws IOException {
        return documentsBy(READERS.get(route));
    }

    /** What an account sees of them. */
    public Documents documentsBy(String user) throws IOException {
        return new Documents(
                URI.create(endpoints().path("elasticsearch").asText()), user, password("elasticsearch", user));
    }

    // ---- waiting

    /** Waits until something is so, what it throws counting as no; fails the test if it never is. */
    public void await(String what, ChildProcess.Condition isSo) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(isSo)) {
            if (!up.isAlive()) {
                throw new AssertionError("up has ended while this was waited for: " + what);
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came: " + what);
            }
            Thread.sleep(200);
        }
    }

    private static boolean holds(ChildProcess.Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until every record that the raw topics hold now is accounted for; the account then. */
    public Account awaitAccounted() throws Exception {
        RawEnds ends = RawEnds.of(this);
        await("every record accounted for", () -> ends.reached(account()) && account.addsUp());
        return account.complete();
    }

    /** Waits until everything is accounted for, and all that was released can be found in Elasticsearch. */
    public Account awaitIndexed() throws Exception {
        Account now = awaitAccounted();
        for (String route : Indices.ROUTES) {
            Documents documents = documents(route);
            String indices = INDICES.pattern(route);
            await(
                    "every released event of " + route + " indexed",
                    () -> documents.count(indices) >= now.route(route).released());
        }
        return now;
    }

    // ---- killing

    /** {@code kill -9} of a part, without a word to {@code up}; all its processes. */
    public void kill(StackPart part) throws Exception {
        List<ProcessMark> marks = marks(part);
        assertFalse(marks.isEmpty(), part + " does not run");
        marks.forEach(mark -> mark.find().ifPresent(ProcessHandle::destroyForcibly));
        for (ProcessMark mark : marks) {
            await(part + " dead", () -> mark.find().isEmpty());
        }
    }

    /** Stops a part by a signal, so that it does nothing more and holds what it holds, until it goes on or is killed. */
    public void pause(StackPart part) throws Exception {
        signal("-STOP", part);
    }

    /** Lets a part go on that was paused. */
    public void resume(StackPart part) throws Exception {
        signal("-CONT", part);
    }

    private void signal(String signal, StackPart part) throws Exception {
        for (ProcessMark mark : marks(part)) {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(mark.pid())).start();
            assertEquals(0, kill.waitFor(), part + " does not take " + signal);
        }
    }

    /** {@code kill -9} of a part; waits until {@code up} has it running again. */
    public void killAndAwait(StackPart part) throws Exception {
        int before = startedAgain(part);
        kill(part);
        awaitStartedAgain(part, before + 1);
    }

    /** Waits until {@code up} has started a part again so often. */
    public void awaitStartedAgain(StackPart part, int times) throws Exception {
        await(part + " running again", () -> startedAgain(part) >= times);
    }

    /** How often {@code up} has a part running again after its process had ended. */
    public int startedAgain(StackPart part) throws IOException {
        return count(log, part.label() + ": runs again (process");
    }

    /** How often a process of a part ended without being told to. */
    public int ended(StackPart part) throws IOException {
        return count(log, part.label() + ": ended with code");
    }

    /** How often Flink restarted a job, or a part of it, within its process, since that began. */
    public int restartsWithin(StackPart job) throws IOException, InterruptedException {
        String path = "/jobs/" + jobId(job);
        int highest = -1;
        for (JsonNode vertex : flink(job, path).path("vertices")) {
            JsonNode tasks =
                    flink(job, path + "/vertices/" + vertex.path("id").asText()).path("subtasks");
            for (JsonNode task : tasks) {
                highest = Math.max(highest, task.path("attempt").asInt(-1));
            }
        }
        assertFalse(highest < 0, "Flink does not say how often it restarted the " + job.label());
        return highest;
    }

    /** What Flink says of the faults for which it restarted a job within its process: each with all its causes. */
    public List<String> faults(StackPart job) throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        flink(job, "/jobs/" + jobId(job) + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .forEach(entry -> faults.add(entry.path("stacktrace").asText()));
        return faults;
    }

    private String jobId(StackPart job) throws IOException, InterruptedException {
        JsonNode jobs = flink(job, "/jobs/overview").path("jobs");
        assertEquals(1, jobs.size(), "jobs in the process of the " + job.label());
        return jobs.get(0).path("jid").asText();
    }

    /** An answer of the Flink in the process of a job. */
    public JsonNode flink(StackPart job, String path) throws IOException, InterruptedException {
        URI pages = URI.create(endpoints().path("flink").path(job.flink()).asText());
        HttpRequest request = HttpRequest.newBuilder(pages.resolve(path)).build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static int count(Path file, String text) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        Matcher found =
                Pattern.compile(text, Pattern.LITERAL).matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        int count = 0;
        while (found.find()) {
            count++;
        }
        return count;
    }

    @Override
    public void close() throws Exception {
        balance.close();
        try {
            stop();
        } finally {
            delete(base);
        }
    }

    private static void delete(Path base) throws Exception {
        if (Files.exists(dir(base).resolve("elasticsearch"))) {
            ElasticsearchProcess.delete(dir(base).resolve("elasticsearch"));
        }
        Folders.delete(base);
    }
}
