package io.sluice.tests.console;

import io.sluice.console.ConsoleConfig;
import io.sluice.console.ConsoleServer;
import io.sluice.console.accounts.AccountsAdmin;
import io.sluice.console.accounts.Role;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.ingest.register.PolicyTopic;
import io.sluice.ingest.register.RegisterSettings;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.ShadowEntry;
import io.sluice.sinks.elasticsearch.CleanDocument;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.Secret;
import io.sluice.sinks.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** Kafka, Elasticsearch and the server, with an account for each role and a password per account. */
public final class ConsoleStack implements AutoCloseable {
    public static final Topics TOPICS = new Topics("");

    private static final Indices INDICES = new Indices("");
    private static final ElasticsearchUser LOADER = new ElasticsearchUser("loader", "loader-pw", List.of("superuser"));
    private static final ElasticsearchUser SERVER = new ElasticsearchUser("server", "server-pw", List.of("server"));
    private static final String ROLES =
            """
            server:
              indices:
                - names: [ "usage-events-*" ]
                  privileges: [ "read" ]
            """;

    private final Path dir;
    private final BrokerProcess broker;
    private final ElasticsearchProcess elasticsearch;
    private final ConsoleServer server;

    private ConsoleStack(Path dir, BrokerProcess broker, ElasticsearchProcess elasticsearch, ConsoleServer server) {
        this.dir = dir;
        this.broker = broker;
        this.elasticsearch = elasticsearch;
        this.server = server;
    }

    /** Starts all of it, with nothing indexed. */
    public static ConsoleStack start() throws Exception {
        Path dir = Files.createTempDirectory("sluice-console");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
        BrokerProcess broker = BrokerProcess.start(BrokerSettings.plain(dir.resolve("kafka")));
        createTopics(broker);
        ElasticsearchProcess elasticsearch =
                ElasticsearchProcess.start(ElasticsearchSettings.of(dir.resolve("es"), List.of(SERVER, LOADER), ROLES));
        Path accounts = dir.resolve("accounts.json");
        AccountsAdmin admin = new AccountsAdmin(accounts);
        for (Role role : Role.values()) {
            admin.ensure(role.label(), Set.of(role), password(role));
        }
        ConsoleServer server = ConsoleServer.start(new ConsoleConfig(
                "127.0.0.1",
                0,
                false,
                ZoneId.of("UTC"),
                accounts,
                dir.resolve("keys"),
                TOPICS.prefix(),
                broker.clientProperties("anybody"),
                connection(elasticsearch, SERVER),
                null));
        return new ConsoleStack(dir, broker, elasticsearch, server);
    }

    private static ElasticsearchConnection connection(ElasticsearchProcess elasticsearch, ElasticsearchUser user) {
        return new ElasticsearchConnection(
                List.of(elasticsearch.url()),
                null,
                new Credentials.User(user.name(), Secret.of(user.password().toCharArray())),
                INDICES.prefix());
    }

    private static void createTopics(BrokerProcess broker) throws Exception {
        try (Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("anybody")))) {
            admin.createTopics(Stream.of(TOPICS.consent(), TOPICS.policies(), TOPICS.taskPositions())
                            .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                            .toList())
                    .all()
                    .get();
        }
        Map<String, String> login = broker.clientProperties("anybody");
        // As the boundary job does at its first start.
        new PolicyTopic(new RegisterSettings(
                        login, login, TOPICS.consent(), TOPICS.policies(), TOPICS.taskPositions(), "console-stack"))
                .writeFirst(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow());
        tryAPolicyForASecond(broker);
    }

    /** As the server writes it, but shorter than anybody may ask for; it is over when the server starts. */
    private static void tryAPolicyForASecond(BrokerProcess broker) throws Exception {
        PolicyFiles files = PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow();
        ShadowEntry entry = PolicyEntries.shadow(PolicyFiles.DEFAULT, files, 1, Duration.ofSeconds(1));
        write(
                broker,
                TOPICS.policies(),
                PolicyEntries.shadowKey(),
                ShadowEntry.getEncoder().encode(entry).array());
    }

    /** Writes an entry as whoever else writes this topic. */
    void write(String topic, byte[] key, byte[] value) throws Exception {
        write(broker, topic, key, value);
    }

    private static void write(BrokerProcess broker, String topic, byte[] key, byte[] value) throws Exception {
        Map<String, Object> properties = new HashMap<>(broker.clientProperties("anybody"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** The password of the account that is named like a role. */
    public static char[] password(Role role) {
        return ("password-of-" + role.label()).toCharArray();
    }

    public ConsoleServer server() {
        return server;
    }

    public BrokerProcess broker() {
        return broker;
    }

    public ElasticsearchProcess elasticsearch() {
        return elasticsearch;
    }

    /** The folder of all of it. */
    public Path dir() {
        return dir;
    }

    /** Indexes events as the index job does, visible at once. */
    public void index(List<CleanEvent> events) throws IOException {
        Map<String, ByteArrayOutputStream> bulks = new TreeMap<>();
        CleanDocument document = new CleanDocument();
        for (CleanEvent event : events) {
            ByteArrayOutputStream bulk = bulks.computeIfAbsent(
                    INDICES.of("analytics", event.getEventIngested()), unused -> new ByteArrayOutputStream());
            bulk.writeBytes(
                    ("{\"create\":{\"_id\":\"" + event.getEventId() + "\"}}\n").getBytes(StandardCharsets.UTF_8));
            document.write(event).writeTo(bulk);
            bulk.write('\n');
        }
        try (RestClient client = connection(elasticsearch, LOADER).open(Duration.ofSeconds(60))) {
            IndexTemplates.ofOneNode(INDICES).install(client);
            for (Map.Entry<String, ByteArrayOutputStream> bulk : bulks.entrySet()) {
                client.performRequest(new Request("PUT", "/" + bulk.getKey()));
                Request request = new Request("POST", "/" + bulk.getKey() + "/_bulk");
                request.addParameter("refresh", "true");
                request.addParameter("filter_path", "errors");
                request.setJsonEntity(bulk.getValue().toString(StandardCharsets.UTF_8));
                String answer = new String(
                        client.performRequest(request).getEntity().getContent().readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.equals("{\"errors\":false}")) {
                    throw new IOException("the sample was not indexed");
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
        elasticsearch.close();
        broker.close();
        ElasticsearchProcess.delete(dir.resolve("es"));
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
