package io.sluice.infra.kafka;

import io.sluice.infra.Installation;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.process.Ports;
import io.sluice.infra.process.PrivateFile;
import io.sluice.infra.process.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker (KRaft, one node, loopback only) as a process of its own.
 *
 * <p>Guarantees: with users, nobody talks to it without a password, not even to its controller, and who is not
 * {@link #ADMIN} may do nothing without an ACL; passwords never stand on a command line. Does not guarantee: secrecy on
 * the wire, which is this machine's loopback.
 *
 * <p>Its data survive; the next start in the same folder goes on with them, at the same port.
 */
public final class BrokerProcess implements AutoCloseable {
    /** The user that may do everything. */
    public static final String ADMIN = "admin";

    private static final Duration START = Duration.ofMinutes(5);

    private final ChildProcess process;
    private final BrokerSettings settings;
    private final int port;

    private BrokerProcess(ChildProcess process, BrokerSettings settings, int port) {
        this.process = process;
        this.settings = settings;
        this.port = port;
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @throws StartFailed if its port is taken or it does not come up
     */
    public static BrokerProcess start(BrokerSettings settings) throws IOException, InterruptedException {
        boolean anyPort =
                settings.port() == 0 && new BrokerFiles(settings.dir().toAbsolutePath()).portOf("CLIENTS") == 0;
        return anyPort ? Ports.startAtFree(port -> startOnce(settings.at(port))) : startOnce(settings);
    }

    private static BrokerProcess startOnce(BrokerSettings settings) throws IOException, InterruptedException {
        BrokerProcess broker = launch(settings);
        broker.awaitReady();
        return broker;
    }

    /**
     * Starts a broker and does not wait for it.
     *
     * @throws StartFailed if its port is taken
     */
    public static BrokerProcess launch(BrokerSettings settings) throws IOException, InterruptedException {
        Path dir = settings.dir().toAbsolutePath();
        Files.createDirectories(dir);
        BrokerFiles files = new BrokerFiles(dir);
        int port = port(settings.port() == 0 ? files.portOf("CLIENTS") : settings.port());
        int controllerPort = files.portOf("CONTROLLER");
        if (controllerPort == 0 || !Ports.isFree(controllerPort)) {
            controllerPort = Ports.free();
        }
        files.write(settings, port, controllerPort);
        if (!files.isFormatted()) {
            format(files, settings);
        }
        ChildProcess process = ChildProcess.start(
                command(files, settings, List.of("kafka.Kafka", files.server().toString())));
        return new BrokerProcess(process, settings, port);
    }

    /**
     * Waits until it answers.
     *
     * @throws StartFailed if it does not, such as because its port was taken meanwhile; it is stopped then
     */
    public void awaitReady() throws StartFailed, InterruptedException {
        process.awaitReady(this::answers, START);
    }

    private static int port(int wanted) throws IOException {
        if (wanted != 0 && !Ports.isFree(wanted)) {
            throw StartFailed.portTaken("Kafka", wanted);
        }
        return wanted == 0 ? Ports.free() : wanted;
    }

    private static void format(BrokerFiles files, BrokerSettings settings) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(
                List.of("--standalone", "--config", files.server().toString()));
        lines.addAll(List.of("--cluster-id", Uuid.randomUuid().toString()));
        new TreeMap<>(settings.passwords()).forEach((user, password) -> {
            lines.add("--add-scram");
            lines.add("SCRAM-SHA-512=[name=" + user + ",password=" + password + "]");
        });
        // Arguments from a file: a command line is public.
        Path arguments = settings.dir().toAbsolutePath().resolve("format.args");
        PrivateFile.write(arguments, String.join("\n", lines) + "\n");
        try (ChildProcess process = ChildProcess.start(
                command(files, settings, List.of("kafka.tools.StorageTool", "format", "@" + arguments)))) {
            int code = process.onExit().get(START.toSeconds(), TimeUnit.SECONDS);
            if (code != 0) {
                throw new StartFailed("Kafka's storage tool ended with code " + code + "; see " + process.log());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StartFailed("Kafka's storage tool did not end; see " + files.log());
        } finally {
            Files.deleteIfExists(arguments);
        }
    }

    private static Command command(BrokerFiles files, BrokerSettings settings, List<String> main) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Installation.java().toString(),
                "-Xms64m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Dlog4j2.configurationFile=" + files.logging(),
                "-cp",
                Installation.find().brokerJars() + "/*"));
        words.addAll(main);
        return Command.of("kafka", words, settings.dir().toAbsolutePath(), files.log())
                .stopWithJvm(settings.stopWithJvm());
    }

    private boolean answers() throws InterruptedException {
        if (Ports.isFree(port)) {
            return false;
        }
        Properties properties = new Properties();
        properties.putAll(clientProperties(ADMIN));
        properties.put("default.api.timeout.ms", "5000");
        properties.put("request.timeout.ms", "5000");
        try (Admin admin = Admin.create(properties)) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port of the clients' listener. */
    public int port() {
        return port;
    }

    /**
     * Client properties of a user: address and login.
     *
     * @throws IllegalArgumentException if the broker was started with users and this is none of them
     */
    public Map<String, String> clientProperties(String user) {
        String password = settings.passwords().get(user);
        if (settings.isSecured() && password == null) {
            throw new IllegalArgumentException("no user " + user);
        }
        return password == null
                ? Map.of("bootstrap.servers", bootstrapServers())
                : ScramLogin.clientProperties(bootstrapServers(), user, password);
    }

    /** The process. */
    public ChildProcess process() {
        return process;
    }

    /** Where its data lie, for a sweep. */
    public Path dataFolder() {
        return new BrokerFiles(settings.dir().toAbsolutePath()).data();
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
}
