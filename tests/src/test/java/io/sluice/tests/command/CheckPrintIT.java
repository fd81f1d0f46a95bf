package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.process.Folders;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.TopicInstaller;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.Secret;
import io.sluice.sinks.topics.Topics;
import io.sluice.tests.command.Sluice.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check --print} prints is carried out on a real Kafka and Elasticsearch, and then nothing is missing. */
class CheckPrintIT {
    private static final Topics TOPICS = new Topics("eu-");
    private static final Indices INDICES = new Indices("eu-");

    @TempDir
    Path folder;

    private List<String> printed() throws Exception {
        Run run = new Sluice(folder)
                .file(
                        "index.yaml",
                        """
                        job: index
                        kafka: {bootstrap.servers: "127.0.0.1:1"}
                        topics: {prefix: eu-}
                        elasticsearch: {urls: ["http://127.0.0.1:1"], index-prefix: eu-}
                        subject-index: {path: subjects}
                        checkpoints: {path: checkpoints}
                        """)
                .run("check", "--print", "--config", "index.yaml");
        assertEquals(0, run.code(), run.err());
        return run.out().lines().toList();
    }

    @Test
    void itsTopicsAndRightsAreAllThatTheInstallerWouldMake() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        List<AclBinding> rights = new ArrayList<>();
        for (String line : printed()) {
            if (line.startsWith("kafka-topics.sh ")) {
                topics.add(topic(line));
            } else if (line.startsWith("kafka-acls.sh ")) {
                rights.add(right(line));
            }
        }
        try (BrokerProcess broker = BrokerProcess.start(
                        BrokerSettings.secured(folder.resolve("kafka"), Map.of("admin", "admin-pw")));
                Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("admin")))) {
            admin.createTopics(topics).all().get();
            admin.createAcls(rights).all().get();
            TopicInstaller installer = new TopicInstaller(admin);
            assertEquals(
                    List.of(),
                    installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs()));
            // The broker answers from what it has applied, which may be a moment after it took note.
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (admin.describeAcls(AclBindingFilter.ANY).values().get().size() < rights.size()
                    && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertEquals(0, installer.installRights(new AccessPlan(TOPICS).rules()));
        }
    }

    @Test
    void itsTemplatesAndRolesServeTheIndexJobAsTheyAre() throws Exception {
        List<String> lines = printed();
        int roles = lines.indexOf("# Elasticsearch: roles.yml. One user each, named like the role.");
        String yaml = String.join("\n", lines.subList(roles + 1, lines.size())) + "\n";
        Path dir = Files.createTempDirectory("sluice-print");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
        try (ElasticsearchProcess elasticsearch = ElasticsearchProcess.start(ElasticsearchSettings.of(
                dir.resolve("es"),
                List.of(
                        new ElasticsearchUser("boss", "boss-pw", List.of("superuser")),
                        new ElasticsearchUser("indexer", "indexer-pw", List.of(ElasticsearchRoles.INDEX))),
                yaml))) {
            try (RestClient boss = client(elasticsearch, "boss");
                    RestClient indexer = client(elasticsearch, "indexer")) {
                for (int i = 0; i < roles; i++) {
                    if (lines.get(i).startsWith("PUT _index_template/")) {
                        int end = i + lines.subList(i, lines.size()).indexOf("}");
                        Request put = new Request("PUT", "/" + lines.get(i).substring("PUT ".length()));
                        put.setJsonEntity(String.join("\n", lines.subList(i + 1, end + 1)));
                        boss.performRequest(put);
                    }
                }
                // With what is there already nothing is installed, so a lesser account would do; the printed role must.
                IndexTemplates.ofOneNode(INDICES).install(indexer);
                Request create = new Request("PUT", "/" + INDICES.family("analytics") + "-2024.01.10");
                assertEquals(200, indexer.performRequest(create).getStatusLine().getStatusCode());
                String mapping = new String(
                        indexer.performRequest(new Request("GET", create.getEndpoint() + "/_mapping"))
                                .getEntity()
                                .getContent()
                                .readAllBytes(),
                        StandardCharsets.UTF_8);
                assertTrue(mapping.contains("\"dynamic\":\"strict\""), mapping);
            }
        } finally {
            ElasticsearchProcess.delete(dir.resolve("es"));
            Folders.delete(dir);
        }
    }

    private static RestClient client(ElasticsearchProcess elasticsearch, String user) throws Exception {
        return new ElasticsearchConnection(
                        List.of(elasticsearch.url()),
                        null,
                        new Credentials.User(user, Secret.of((user + "-pw").toCharArray())),
                        "")
                .open(Duration.ofSeconds(60));
    }

    /** The value behind an option, as Kafka's tools read it. */
    private static String option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 ? "" : words.get(at + 1);
    }

    private static NewTopic topic(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--config")) {
                String[] setting = words.get(i + 1).split("=", 2);
                settings.put(setting[0], setting[1]);
            }
        }
        return new NewTopic(
                        option(words, "--topic"),
                        Integer.parseInt(option(words, "--partitions")),
                        Short.parseShort(option(words, "--replication-factor")))
                .configs(settings);
    }

    private static AclBinding right(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        Map<String, ResourceType> types = Map.of(
                "--topic", ResourceType.TOPIC,
                "--group", ResourceType.GROUP,
                "--transactional-id", ResourceType.TRANSACTIONAL_ID);
        String kind = words.stream().filter(types::containsKey).findFirst().orElseThrow();
        String pattern = option(words, "--resource-pattern-type");
        String operation = option(words, "--operation")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
        return new AclBinding(
                new ResourcePattern(
                        types.get(kind),
                        option(words, kind),
                        pattern.isEmpty()
                                ? PatternType.LITERAL
                                : PatternType.fromString(pattern.toUpperCase(Locale.ROOT))),
                new AccessControlEntry(
                        option(words, "--allow-principal"),
                        "*",
                        AclOperation.fromString(operation),
                        AclPermissionType.ALLOW));
    }
}
