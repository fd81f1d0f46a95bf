package io.sluice.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How the brokers are reached: properties of Kafka's clients, as they are.
 *
 * <p>Passwords are among them, so it prints names only.
 *
 * @param properties by Kafka's own names, {@code bootstrap.servers} among them
 */
public record KafkaSettings(Map<String, String> properties) {
    /** Longer than the longest planned outage of the job: what is prepared and not committed must survive it. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofHours(24);

    /** What the jobs set themselves, with the reason why nobody else may. */
    static final Map<String, String> OWN = Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, "the job names its own group",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "the checkpoints decide what counts as read",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "a reset in silence would lose or repeat records",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "each job knows which records it may see",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, "the job names its own transactions",
            ProducerConfig.ACKS_CONFIG, "an unacknowledged record could be lost",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "a record could be written twice",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "records are bytes here",
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "records are bytes here",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "records are bytes here");

    /** Copies the map. */
    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** Every property that one of Kafka's clients knows. */
    static Set<String> known() {
        Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        return known;
    }

    public String bootstrapServers() {
        return properties.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** How long a transaction may stay open. */
    public Duration transactionTimeout() {
        String millis = properties.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        return millis == null ? TRANSACTION_TIMEOUT : Duration.ofMillis(Long.parseLong(millis));
    }

    /** Those that a consumer knows. */
    public Map<String, String> consumer() {
        return only(ConsumerConfig.configNames());
    }

    /** Those that a producer knows. */
    public Map<String, String> producer() {
        return only(ProducerConfig.configNames());
    }

    /** Those that an administrative client knows. */
    public Map<String, String> admin() {
        return only(AdminClientConfig.configNames());
    }

    private Map<String, String> only(Set<String> names) {
        Map<String, String> own = new HashMap<>(properties);
        own.keySet().retainAll(names);
        return own;
    }

    static Properties asProperties(Map<String, String> map) {
        Properties properties = new Properties();
        properties.putAll(map);
        return properties;
    }

    @Override
    public String toString() {
        return "KafkaSettings" + new TreeSet<>(properties.keySet());
    }
}
