package io.sluice.ingest;

import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Brokers, topics, rights and transactions. */
final class KafkaCheck {
    // A broker that answers late is no broker that is absent: a machine on which much starts at once takes its time.
    // A configuration that says otherwise is heard.
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MOST_RAW_MILLIS = Duration.ofDays(3).toMillis();
    private static final String TIMESTAMPS = "message.timestamp.type";

    private final IngestConfig config;
    private final List<CheckLine> lines;

    /** What is asked of a topic. */
    private record Need(AclOperation operation, boolean onePartition, boolean receiveTime) {}

    KafkaCheck(IngestConfig config, List<CheckLine> lines) {
        this.config = config;
        this.lines = lines;
    }

    void run() {
        Map<String, Object> properties = new HashMap<>(config.kafka().admin());
        properties.putIfAbsent("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
        properties.putIfAbsent("request.timeout.ms", Long.toString(PATIENCE.toMillis() / 2));
        try (Admin admin = Admin.create(properties)) {
            int brokers = get(admin.describeCluster().nodes()).size();
            lines.add(CheckLine.ok("brokers", brokers + " at " + config.kafka().bootstrapServers()));
            needs().forEach((topic, needs) -> topic(admin, topic, needs));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            lines.add(CheckLine.failed(
                    "brokers",
                    "no answer from " + config.kafka().bootstrapServers() + " (" + kind(e)
                            + "); look at kafka.bootstrap.servers, and at security and password"));
            return;
        }
        if (config.job() == JobKind.BOUNDARY) {
            transactions();
        }
    }

    private Map<String, List<Need>> needs() {
        Topics topics = config.topics();
        Map<String, List<Need>> needs = new LinkedHashMap<>();
        if (config.job() == JobKind.INDEX) {
            Indices.ROUTES.forEach(route -> need(needs, topics.clean(route), AclOperation.READ));
            need(needs, topics.subjectEntries(), AclOperation.READ);
            need(needs, topics.refused(), AclOperation.WRITE);
            return needs;
        }
        for (String raw : topics.raw()) {
            needs.put(raw, List.of(new Need(AclOperation.READ, false, true)));
        }
        BoundaryTopology.writtenTopics(topics).forEach(topic -> {
            need(needs, topic, AclOperation.WRITE);
            // To find and end the transactions that an earlier attempt left open, Kafka asks for this right too.
            need(needs, topic, AclOperation.READ);
        });
        needs.put(topics.consent(), List.of(new Need(AclOperation.READ, true, false)));
        needs.put(
                topics.policies(),
                List.of(new Need(AclOperation.READ, true, true), new Need(AclOperation.WRITE, true, true)));
        needs.put(topics.taskPositions(), List.of(new Need(AclOperation.WRITE, true, false)));
        return needs;
    }

    private static void need(Map<String, List<Need>> needs, String topic, AclOperation operation) {
        needs.computeIfAbsent(topic, unused -> new ArrayList<>()).add(new Need(operation, false, false));
    }

    private void topic(Admin admin, String topic, List<Need> needs) {
        String what = "topic " + topic;
        try {
            TopicDescription description = get(
                    admin.describeTopics(List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                            .topicNameValues(),
                    topic);
            String wrong = rights(description, needs);
            if (wrong == null
                    && needs.get(0).onePartition()
                    && description.partitions().size() != 1) {
                wrong = "it has " + description.partitions().size()
                        + " partitions and must have exactly one; create it anew with one";
            }
            if (wrong == null && needs.get(0).receiveTime()) {
                wrong = receiveTime(admin, topic);
            }
            lines.add(
                    wrong == null
                            ? CheckLine.ok(what, description.partitions().size() + " partitions")
                            : CheckLine.failed(what, wrong));
        } catch (ExecutionException | TimeoutException e) {
            boolean missing = e.getCause() instanceof UnknownTopicOrPartitionException;
            lines.add(CheckLine.failed(
                    what,
                    missing
                            ? "it does not exist, or this account may not see it; check --print writes how to create it"
                            : "it cannot be looked at (" + kind(e) + ")"));
        }
    }

    private static @Nullable String rights(TopicDescription topic, List<Need> needs) {
        Set<AclOperation> allowed = topic.authorizedOperations();
        for (Need need : needs) {
            // Null where the broker has no authorizer: then everybody may do everything.
            if (allowed != null && !allowed.contains(need.operation())) {
                return "this account lacks the right " + need.operation() + "; check --print writes how to give it";
            }
        }
        return null;
    }

    private @Nullable String receiveTime(Admin admin, String topic) throws ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config settings = get(admin.describeConfigs(List.of(resource)).values(), resource);
        if (!"LogAppendTime".equals(value(settings, TIMESTAMPS))) {
            return TIMESTAMPS + " is " + value(settings, TIMESTAMPS)
                    + ", so it has no receive time; set it to LogAppendTime";
        }
        if (config.topics().raw().contains(topic)) {
            warnOfRetention(topic, settings);
        }
        return null;
    }

    private void warnOfRetention(String topic, Config settings) {
        long retention = Long.parseLong(value(settings, "retention.ms"));
        long segment = Long.parseLong(value(settings, "segment.ms"));
        if (retention < 0 || retention + segment > MOST_RAW_MILLIS) {
            lines.add(CheckLine.warning(
                    "topic " + topic,
                    "retention.ms and segment.ms together are more than the 72 hours that the notice allows raw"
                            + " records; lower them"));
        }
    }

    private static String value(Config settings, String name) {
        ConfigEntry entry = settings.get(name);
        return entry == null || entry.value() == null ? "-1" : entry.value();
    }

    /** Begins a transaction of its own, for only so the broker says whether the timeout and the rights fit. */
    private void transactions() {
        Duration timeout = config.kafka().transactionTimeout();
        Map<String, Object> properties = new HashMap<>(config.kafka().producer());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.group() + "-check");
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(timeout.toMillis()));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            lines.add(CheckLine.ok("transactions", "may stay open for " + timeout.toMinutes() + " minutes"));
        } catch (InvalidTxnTimeoutException e) {
            lines.add(CheckLine.failed("transactions", tooLong(timeout)));
        } catch (TransactionalIdAuthorizationException e) {
            lines.add(CheckLine.failed(
                    "transactions",
                    "this account may not use transactional ids that begin with " + config.group()
                            + "; check --print writes how to give the right"));
        } catch (KafkaException e) {
            boolean longer = e.getCause() instanceof InvalidTxnTimeoutException;
            lines.add(CheckLine.failed(
                    "transactions", longer ? tooLong(timeout) : "they cannot be begun (" + kind(e) + ")"));
        }
    }

    private static String tooLong(Duration timeout) {
        return "the brokers end transactions earlier than after transaction.timeout.ms=" + timeout.toMillis()
                + ", and would lose what a longer outage leaves open; raise transaction.max.timeout.ms of the brokers"
                + " to it, or lower kafka.transaction.timeout.ms below the broker's maximum";
    }

    /** What was asked about one thing. */
    private static <K, T> T get(Map<K, KafkaFuture<T>> answers, K about) throws ExecutionException, TimeoutException {
        return get(Objects.requireNonNull(answers.get(about), "the client answers what it was asked"));
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }

    private static String kind(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return Faults.kind(cause);
    }
}
