package io.sluice.infra.up;

import io.sluice.console.accounts.AccountProblem;
import io.sluice.console.accounts.AccountsAdmin;
import io.sluice.console.accounts.Role;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.process.StartFailed;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.Principal;
import io.sluice.infra.topics.TopicInstaller;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;

/** The parts of one embedded stack, in the order in which they are started. */
final class Stack {
    static final String KAFKA = "kafka";
    static final String ELASTICSEARCH = "elasticsearch";
    static final String BOUNDARY = "boundary job";
    static final String INDEX = "index job";
    static final String SERVER = "server";
    static final String COLLECTOR = "collector";

    private final UpFolder folder;
    private final Topics topics;
    private final Passwords passwords;
    private final PortBook ports;
    private final Programs programs;

    private Stack(UpFolder folder, Topics topics, Passwords passwords, PortBook ports, Programs programs) {
        this.folder = folder;
        this.topics = topics;
        this.passwords = passwords;
        this.ports = ports;
        this.programs = programs;
    }

    /** Makes passwords, accounts, keys and configurations; nothing runs yet. */
    static Stack prepare(UpOptions options, UpFolder folder, Topics topics, SecureRandom random, Clock clock)
            throws IOException {
        List<String> kafka = new ArrayList<>(Principal.users());
        kafka.add(BrokerProcess.ADMIN);
        List<String> roles = Arrays.stream(Role.values()).map(Role::label).toList();
        Passwords passwords = Passwords.open(
                folder.file("passwords.json"),
                Map.of(
                        Passwords.SERVER, roles,
                        Passwords.KAFKA, kafka,
                        Passwords.ELASTICSEARCH, ElasticsearchRoles.all()),
                random);
        makeKeys(folder.folder("keys"), clock, random);
        makeAccounts(folder.accounts(), passwords);
        PortBook ports = PortBook.open(folder.file("ports.json"));
        JobFiles files = new JobFiles(folder, ports, passwords);
        Programs programs = new Programs(options.self(), folder, ports, files);
        return new Stack(folder, topics, passwords, ports, programs);
    }

    private static void makeKeys(Path keys, Clock clock, SecureRandom random) throws IOException {
        try (ServerKeyStore store = ServerKeyStore.open(keys, clock, random)) {
            store.makeAhead();
        } catch (KeyStoreFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void makeAccounts(Path file, Passwords passwords) throws IOException {
        AccountsAdmin accounts = new AccountsAdmin(file);
        for (Role role : Role.values()) {
            try {
                accounts.ensure(
                        role.label(),
                        Set.of(role),
                        passwords.of(Passwords.SERVER, role.label()).toCharArray());
            } catch (AccountProblem e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** Starts everything; returns when all of it is ready. */
    void start(Supervisor supervisor, Endpoints endpoints, Screen screen) throws IOException, InterruptedException {
        CompletableFuture<Void> all = new CompletableFuture<>();
        supervisor.sayWhatStarts(all);
        try {
            startAll(supervisor, endpoints, screen);
        } finally {
            all.complete(null);
        }
    }

    private void startAll(Supervisor supervisor, Endpoints endpoints, Screen screen)
            throws IOException, InterruptedException {
        screen.say("starting Kafka and Elasticsearch");
        CompletableFuture<Void> elasticsearch = inParallel(() -> {
            supervisor.run(ELASTICSEARCH, this::elasticsearch);
            ports.keep(PortBook.Use.ELASTICSEARCH);
            endpoints.address("elasticsearch", address(PortBook.Use.ELASTICSEARCH));
            screen.say("Elasticsearch is up");
        });
        supervisor.run(KAFKA, this::kafka);
        screen.say("Kafka is up");
        ports.keep(PortBook.Use.KAFKA);
        installTopics(screen);
        endpoints.address("kafka", bootstrapServers());
        screen.say("starting the server, the collector and both jobs");
        // Both are told where Elasticsearch listens, which is known for sure once it does.
        CompletableFuture<Void> server = inParallel(() -> {
            await(elasticsearch);
            supervisor.runPatiently(SERVER, noting(endpoints, "server", PortBook.Use.SERVER, "/", programs::server));
        });
        CompletableFuture<Void> index = inParallel(() -> {
            await(elasticsearch);
            supervisor.runPatiently(INDEX, noting(endpoints, "flink.index", PortBook.Use.INDEX, "", programs::index));
        });
        CompletableFuture<Void> collector = inParallel(() -> supervisor.runPatiently(
                COLLECTOR, noting(endpoints, "collector", PortBook.Use.COLLECTOR, "/", programs::collector)));
        supervisor.runPatiently(
                BOUNDARY, noting(endpoints, "flink.boundary", PortBook.Use.BOUNDARY, "", programs::boundary));
        screen.say("the boundary job runs");
        await(collector);
        screen.say("the collector runs");
        await(server);
        screen.say("the server runs");
        await(index);
        screen.say("the index job runs");
    }

    /** A start that says each time where the program listens, for that may change. */
    private Part.Launch noting(Endpoints endpoints, String name, PortBook.Use use, String path, Part.Launch launch) {
        return () -> {
            Part part = launch.launch();
            endpoints.address(name, address(use) + path);
            return part;
        };
    }

    private String bootstrapServers() {
        return "127.0.0.1:" + ports.of(PortBook.Use.KAFKA);
    }

    private String address(PortBook.Use use) {
        return "http://127.0.0.1:" + ports.of(use);
    }

    /** Something that may fail, done in another thread. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static CompletableFuture<Void> inParallel(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "start");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void await(CompletableFuture<Void> started) throws IOException {
        try {
            started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException("the start failed", e);
        }
    }

    private Part kafka() throws IOException, InterruptedException {
        Map<String, String> admin = Map.of(BrokerProcess.ADMIN, passwords.of(Passwords.KAFKA, BrokerProcess.ADMIN));
        BrokerProcess broker = BrokerProcess.launch(
                new BrokerSettings(folder.folder("kafka"), ports.choose(PortBook.Use.KAFKA), admin, false));
        return new Part() {
            @Override
            public ChildProcess process() {
                return broker.process();
            }

            @Override
            public List<ProcessMark> marks() {
                return List.of(broker.process().mark());
            }

            @Override
            public void awaitReady() throws StartFailed, InterruptedException {
                broker.awaitReady();
            }

            @Override
            public void close() {
                broker.close();
            }
        };
    }

    private void installTopics(Screen screen) throws IOException, InterruptedException {
        Map<String, Object> login = new HashMap<>(ScramLogin.clientProperties(
                bootstrapServers(), BrokerProcess.ADMIN, passwords.of(Passwords.KAFKA, BrokerProcess.ADMIN)));
        try (Admin admin = Admin.create(login)) {
            TopicInstaller installer = new TopicInstaller(admin);
            Map<String, String> users = new HashMap<>(passwords.of(Passwords.KAFKA));
            users.remove(BrokerProcess.ADMIN);
            installer.installUsers(users);
            int topicChanges = installer
                    .installTopics(TopicPlan.ofOneBroker(topics).specs())
                    .size();
            int rights = installer.installRights(new AccessPlan(topics).rules());
            screen.say("topics, users and rights are in place (" + topicChanges + " and " + rights + " changes)");
        }
    }

    private Part elasticsearch() throws IOException, InterruptedException {
        List<ElasticsearchUser> users = ElasticsearchRoles.all().stream()
                .map(name -> new ElasticsearchUser(name, passwords.of(Passwords.ELASTICSEARCH, name), List.of(name)))
                .toList();
        ElasticsearchProcess elasticsearch = ElasticsearchProcess.launch(new ElasticsearchSettings(
                folder.elasticsearch(),
                ports.choose(PortBook.Use.ELASTICSEARCH),
                users,
                new ElasticsearchRoles(new Indices("")).yaml(),
                Map.of(),
                false));
        return new Part() {
            @Override
            public ChildProcess process() {
                return elasticsearch.process();
            }

            @Override
            public List<ProcessMark> marks() {
                return elasticsearch.marks();
            }

            @Override
            public void awaitReady() throws StartFailed, InterruptedException {
                elasticsearch.awaitReady();
            }

            @Override
            public void close() {
                elasticsearch.close();
            }
        };
    }

    /** Kafka client properties of a user. */
    Map<String, String> login(Principal principal) {
        return ScramLogin.clientProperties(
                bootstrapServers(), principal.user(), passwords.of(Passwords.KAFKA, principal.user()));
    }

    /** What a person should know now. */
    List<String> describe(UpOptions options, long boundaryJob) {
        return new Welcome(options, folder, ports, passwords, boundaryJob).lines();
    }
}
