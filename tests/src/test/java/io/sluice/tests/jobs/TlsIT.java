package io.sluice.tests.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Folders;
import io.sluice.infra.process.Ports;
import io.sluice.ingest.Check;
import io.sluice.ingest.CheckLine;
import io.sluice.ingest.IngestConfig;
import io.sluice.sinks.elasticsearch.Indices;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a configuration says of TLS reaches the clients of Kafka and Elasticsearch, seen at the real servers. */
@TestInstance(Lifecycle.PER_CLASS)
class TlsIT {
    private static final Duration START = Duration.ofMinutes(5);

    private Path dir;
    private Certificates certificates;

    @BeforeAll
    void start() throws Exception {
        dir = Files.createTempDirectory("sluice-tls");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
        certificates = new Certificates(Files.createDirectory(dir.resolve("certificates")));
        for (String name : List.of("broker", "client", "stranger", "elastic")) {
            certificates.make(name);
        }
        certificates.make("elsewhere", "dns:elsewhere.example.com");
    }

    @AfterAll
    void stop() throws Exception {
        Folders.delete(dir);
    }

    @Test
    void kafkaIsReachedByTlsWithACertificateOfTheClientAndAPassword() throws Exception {
        int port = Ports.free();
        try (ChildProcess broker =
                TlsBroker.start(Files.createDirectory(dir.resolve("kafka")), port, certificates, List.of("client"))) {
            Map<String, String> good = client(port, "client", "broker");
            broker.awaitReady(() -> answers(good), START);
            Files.writeString(dir.resolve("kafka.jaas"), good.get("sasl.jaas.config") + "\n");
            assertEquals(
                    CheckLine.Level.OK, brokers(good).level(), brokers(good).said());

            CheckLine noCertificate = brokers(client(port, "stranger", "broker"));
            assertEquals(CheckLine.Level.FAILED, noCertificate.level());
            assertTrue(noCertificate.said().startsWith("no answer from"), noCertificate.said());
            CheckLine anotherBroker = brokers(client(port, "client", "stranger"));
            assertEquals(CheckLine.Level.FAILED, anotherBroker.level());
        }
    }

    /** The first line about Kafka of {@code check}, by a configuration with these properties. */
    private CheckLine brokers(Map<String, String> properties) throws Exception {
        Map<String, String> written = new HashMap<>(properties);
        written.put("sasl.jaas.config", "${file:kafka.jaas}");
        written.put("ssl.keystore.password", "${env:STORE_PASSWORD}");
        return check("boundary", written, "keys: {path: keys}\nvault: {path: vault}\n").stream()
                .filter(line -> line.what().equals("brokers"))
                .findFirst()
                .orElseThrow();
    }

    private List<CheckLine> check(String job, Map<String, String> kafka, String more) throws Exception {
        String yaml = "job: " + job + "\nkafka:\n"
                + kafka.entrySet().stream()
                        .map(each -> "  " + each.getKey() + ": '" + each.getValue() + "'\n")
                        .collect(Collectors.joining())
                + "checkpoints: {path: checkpoints}\n" + more;
        Path file = Files.writeString(dir.resolve("job.yaml"), yaml);
        return Check.run(IngestConfig.read(file, Map.of("STORE_PASSWORD", Certificates.PASSWORD)));
    }

    private Map<String, String> client(int port, String own, String trusted) {
        Map<String, String> properties =
                new HashMap<>(ScramLogin.clientProperties("127.0.0.1:" + port, "boundary", TlsBroker.PASSWORD));
        properties.put("security.protocol", "SASL_SSL");
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put(
                "ssl.keystore.location",
                certificates.folder().resolve(own + ".p12").toString());
        properties.put("ssl.keystore.password", Certificates.PASSWORD);
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", certificates.pem(trusted).toString());
        return properties;
    }

    private static boolean answers(Map<String, String> client) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("default.api.timeout.ms", "5000");
        properties.put("request.timeout.ms", "4000");
        try (Admin admin = Admin.create(properties)) {
            return !admin.describeCluster().nodes().get(6, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Test
    void elasticsearchIsReachedByTlsOfTheAuthorityThatTheConfigurationNames() throws Exception {
        try (ElasticsearchProcess elasticsearch = ElasticsearchProcess.start(ElasticsearchSettings.of(
                dir.resolve("es"),
                List.of(new ElasticsearchUser("indexer", "indexer-pw", List.of(ElasticsearchRoles.INDEX))),
                new ElasticsearchRoles(new Indices("eu-")).yaml()))) {
            HttpsServer door = door("elastic", elasticsearch.url());
            HttpsServer misnamed = door("elsewhere", elasticsearch.url());
            try {
                String url = "https://127.0.0.1:" + door.getAddress().getPort();
                List<CheckLine> lines = elasticsearch(url, certificates.pem("elastic"));
                assertTrue(
                        lines.stream().allMatch(line -> line.level() == CheckLine.Level.OK) && lines.size() == 2,
                        lines.toString());
                List<CheckLine> other = elasticsearch(url, certificates.pem("stranger"));
                assertEquals(CheckLine.Level.FAILED, other.get(0).level());
                assertTrue(other.get(0).said().contains("look at elasticsearch.urls and elasticsearch.ca"));
                assertEquals(
                        CheckLine.Level.FAILED,
                        elasticsearch(
                                        "https://127.0.0.1:"
                                                + misnamed.getAddress().getPort(),
                                        certificates.pem("elsewhere"))
                                .get(0)
                                .level(),
                        "the certificate is trusted, and not for this address");
            } finally {
                door.stop(0);
                misnamed.stop(0);
            }
        } finally {
            ElasticsearchProcess.delete(dir.resolve("es"));
        }
    }

    private List<CheckLine> elasticsearch(String url, Path ca) throws Exception {
        Files.writeString(dir.resolve("es.password"), "indexer-pw\n");
        String more = "subject-index: {path: subjects}\nelasticsearch:\n  urls: [\"" + url + "\"]\n  ca: " + ca
                + "\n  user: indexer\n  password: ${file:es.password}\n  index-prefix: eu-\n";
        return check("index", Map.of("bootstrap.servers", "127.0.0.1:1"), more).stream()
                .filter(line -> line.what().startsWith("elasticsearch"))
                .toList();
    }

    /** The TLS side of a real Elasticsearch, which here speaks plain HTTP itself: a terminating proxy, as houses have. */
    private HttpsServer door(String certificate, URI behind) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.folder().resolve(certificate + ".p12"))) {
            store.load(in, Certificates.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Certificates.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        HttpClient client = HttpClient.newHttpClient();
        server.createContext("/", exchange -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            behind.resolve(exchange.getRequestURI().toString()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String header : List.of("Authorization", "Content-Type", "Accept")) {
                String value = exchange.getRequestHeaders().getFirst(header);
                if (value != null) {
                    request.header(header, value);
                }
            }
            try {
                HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                        .set("Content-Type", type));
                answer.headers().firstValue("X-Elastic-Product").ifPresent(type -> exchange.getResponseHeaders()
                        .set("X-Elastic-Product", type));
                exchange.sendResponseHeaders(
                        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        server.start();
        return server;
    }
}
