package io.sluice.infra.kafka;

import io.sluice.infra.process.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The configuration files of one broker; names of settings as in Kafka 4.3. */
final class BrokerFiles {
    // The lead user of an installation plans for outages below this; no producer may ask for more.
    private static final long LONGEST_TRANSACTION_MILLIS = 7L * 24 * 60 * 60 * 1000;

    private final Path dir;

    BrokerFiles(Path dir) {
        this.dir = dir;
    }

    Path server() {
        return dir.resolve("server.properties");
    }

    Path data() {
        return dir.resolve("data");
    }

    Path log() {
        return dir.resolve("broker.log");
    }

    Path logging() {
        return dir.resolve("log4j2.properties");
    }

    boolean isFormatted() {
        return Files.isRegularFile(data().resolve("meta.properties"));
    }

    /** The port of a listener at the last start in this folder; 0 at first. */
    int portOf(String listener) throws IOException {
        if (!Files.isRegularFile(server())) {
            return 0;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(server())) {
            properties.load(reader);
        }
        for (String entry : properties.getProperty("listeners", "").split(",", -1)) {
            if (entry.startsWith(listener + "://")) {
                return Integer.parseInt(entry.substring(entry.lastIndexOf(':') + 1));
            }
        }
        return 0;
    }

    /** Writes them; {@code server.properties} holds a password, so it is for its owner alone. */
    void write(BrokerSettings settings, int port, int controllerPort) throws IOException {
        Files.createDirectories(data());
        StringWriter text = new StringWriter();
        properties(settings, port, controllerPort).store(text, null);
        PrivateFile.write(server(), text.toString());
        PrivateFile.write(
                logging(),
                """
                appender.out.type = Console
                appender.out.name = out
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSX}{UTC} %p %c{1} %enc{%m}{CRLF}%n%ex{short}
                rootLogger.level = warn
                rootLogger.appenderRef.out.ref = out
                logger.server.name = kafka.server.KafkaRaftServer
                logger.server.level = info
                """);
    }

    private Properties properties(BrokerSettings settings, int port, int controllerPort) {
        String clients = settings.isSecured() ? "SASL_PLAINTEXT" : "PLAINTEXT";
        Properties all = new Properties();
        all.setProperty("process.roles", "broker,controller");
        all.setProperty("node.id", "1");
        all.setProperty("log.dirs", data().toString());
        all.setProperty("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.setProperty("listener.security.protocol.map", "CLIENTS:" + clients + ",CONTROLLER:" + clients);
        all.setProperty("inter.broker.listener.name", "CLIENTS");
        all.setProperty("controller.listener.names", "CONTROLLER");
        all.setProperty("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        addSizes(all);
        if (settings.isSecured()) {
            addSecurity(all, settings.passwords().getOrDefault(BrokerProcess.ADMIN, ""));
        }
        return all;
    }

    private static void addSizes(Properties all) {
        all.setProperty("auto.create.topics.enable", "false");
        all.setProperty("num.partitions", "2");
        all.setProperty("default.replication.factor", "1");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            all.setProperty(topic + ".replication.factor", "1");
            all.setProperty(topic + ".num.partitions", "4");
        }
        all.setProperty("transaction.state.log.min.isr", "1");
        all.setProperty("share.coordinator.state.topic.min.isr", "1");
        all.setProperty("transaction.max.timeout.ms", Long.toString(LONGEST_TRANSACTION_MILLIS));
        all.setProperty("group.initial.rebalance.delay.ms", "0");
        // Retention works by whole segments, so they are small and looked at often.
        all.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        all.setProperty("log.retention.check.interval.ms", "60000");
        all.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        all.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        all.setProperty("message.max.bytes", Integer.toString(8 << 20));
        all.setProperty("replica.fetch.max.bytes", Integer.toString(8 << 20));
        all.setProperty("metadata.log.max.snapshot.interval.ms", "3600000");
    }

    private static void addSecurity(Properties all, String password) {
        all.setProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.setProperty("allow.everyone.if.no.acl.found", "false");
        all.setProperty("super.users", "User:" + BrokerProcess.ADMIN);
        all.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        all.setProperty("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        all.setProperty(
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                login("org.apache.kafka.common.security.scram.ScramLoginModule", password) + ";");
        // SCRAM passwords live in what the controllers keep, so the controllers themselves cannot use them.
        all.setProperty("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        all.setProperty("sasl.mechanism.controller.protocol", "PLAIN");
        all.setProperty(
                "listener.name.controller.plain.sasl.jaas.config",
                login("org.apache.kafka.common.security.plain.PlainLoginModule", password) + " user_"
                        + BrokerProcess.ADMIN + "=\"" + ScramLogin.quoted(password) + "\";");
    }

    private static String login(String module, String password) {
        return module + " required username=\"" + BrokerProcess.ADMIN + "\" password=\"" + ScramLogin.quoted(password)
                + "\"";
    }
}
