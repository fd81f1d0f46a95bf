package io.sluice.tests.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.infra.Installation;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** A broker that is reached by TLS and SCRAM or PLAIN, with the certificate {@code broker} and the user {@code boundary}. */
public final class TlsBroker {
    public static final String PASSWORD = "boundary-pw";

    private TlsBroker() {}

    /**
     * Starts one, or one that was stopped in this folder again.
     *
     * @param trusted certificates of which a client must show one; none: it need not
     */
    public static ChildProcess start(Path folder, int port, Certificates certificates, List<String> trusted)
            throws Exception {
        Path settings = folder.resolve("server.properties");
        if (!Files.exists(settings)) {
            Files.writeString(settings, settings(folder, port, Ports.free(), certificates, trusted));
            format(folder, settings);
        }
        return kafka(folder, "kafka.Kafka", settings.toString());
    }

    private static String settings(
            Path folder, int port, int controller, Certificates certificates, List<String> trusted) throws Exception {
        String settings =
                """
                process.roles=broker,controller
                node.id=1
                log.dirs=%s
                listeners=CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENTS
                controller.listener.names=CONTROLLER
                controller.quorum.bootstrap.servers=127.0.0.1:%d
                sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.\
                ScramLoginModule required username="boundary" password="%s";
                listener.name.clients.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.\
                PlainLoginModule required user_boundary="%s";
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%s
                ssl.keystore.password=%s
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                """
                        .formatted(
                                folder.resolve("data"),
                                port,
                                controller,
                                controller,
                                PASSWORD,
                                PASSWORD,
                                certificates.folder().resolve("broker.p12"),
                                Certificates.PASSWORD);
        // It also is a client of its own.
        List<String> known = new ArrayList<>(List.of("broker"));
        known.addAll(trusted);
        Path store = certificates.trusting("trusted-by-broker.p12", known.toArray(String[]::new));
        return settings
                + """
                listener.name.clients.ssl.client.auth=%s
                ssl.truststore.type=PKCS12
                ssl.truststore.location=%s
                ssl.truststore.password=%s
                """
                        .formatted(trusted.isEmpty() ? "none" : "required", store, Certificates.PASSWORD);
    }

    private static void format(Path folder, Path settings) throws Exception {
        try (ChildProcess format = kafka(
                folder,
                "kafka.tools.StorageTool",
                "format",
                "--standalone",
                "--config",
                settings.toString(),
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--add-scram",
                "SCRAM-SHA-512=[name=boundary,password=" + PASSWORD + "]")) {
            assertEquals(0, format.onExit().join(), format.log().toString());
        }
    }

    private static ChildProcess kafka(Path folder, String... main) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Installation.java().toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                Installation.find().brokerJars() + "/*"));
        words.addAll(List.of(main));
        return ChildProcess.start(Command.of("kafka", words, folder, folder.resolve("broker.log")));
    }
}
