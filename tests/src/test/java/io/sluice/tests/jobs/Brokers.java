package io.sluice.tests.jobs;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.Principal;
import io.sluice.infra.topics.TopicInstaller;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.sinks.topics.Topics;
import io.sluice.tests.stack.CommittedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with passwords and rights as in production, and all topics of an installation. */
final class Brokers implements AutoCloseable {
    static final Topics TOPICS = new Topics("t-");

    private static final long PATIENCE_SECONDS = 180;

    private final BrokerProcess broker;

    private Brokers(BrokerProcess broker) {
        this.broker = broker;
    }

    static Brokers start(Path dir) throws Exception {
        Map<String, String> passwords = new HashMap<>();
        passwords.put(BrokerProcess.ADMIN, "admin-pw");
        Principal.users().forEach(user -> passwords.put(user, user + "-pw"));
        Brokers brokers = new Brokers(BrokerProcess.start(BrokerSettings.secured(dir, passwords)));
        try (Admin admin = brokers.admin()) {
            TopicInstaller installer = new TopicInstaller(admin);
            installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs());
            installer.installRights(new AccessPlan(TOPICS).rules());
        }
        return brokers;
    }

    BrokerProcess process() {
        return broker;
    }

    Admin admin() {
        return Admin.create(new HashMap<>(properties(BrokerProcess.ADMIN)));
    }

    Map<String, String> properties(String user) {
        return broker.clientProperties(user);
    }

    /** The part {@code kafka} of a configuration. */
    String yaml(String user) {
        return "kafka:\n"
                + properties(user).entrySet().stream()
                        .map(each ->
                                "  " + each.getKey() + ": '" + each.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining());
    }

    KafkaProducer<byte[], byte[]> producer(String user) {
        Map<String, Object> properties = new HashMap<>(properties(user));
        properties.put("linger.ms", "5");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** All that a topic holds by now for a reader who sees committed records only. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.of(properties(BrokerProcess.ADMIN), topic);
    }

    /** Waits until something is so; fails the test if it never is. */
    static void await(String what, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came: " + what);
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
