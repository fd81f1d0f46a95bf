package io.sluice.infra.topics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Brings a broker's topics, users and rights to what the plans say; whatever is so already stays untouched, so it may run
 * at every start.
 *
 * <p>Guarantees: it deletes nothing, and makes no topic's partitions more or fewer. Does not guarantee: that rights
 * given by others are gone.
 */
public final class TopicInstaller {
    private static final int ITERATIONS = 8192;
    private static final long PATIENCE_SECONDS = 60;

    private final Admin admin;

    /** @param admin of a user that may do this; not closed here */
    public TopicInstaller(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates the topics that are missing and sets the settings that differ.
     *
     * @return a line for each change, empty if there was none
     * @throws IOException if the broker refuses or does not answer
     */
    public List<String> installTopics(List<TopicSpec> specs) throws IOException, InterruptedException {
        List<String> changes = new ArrayList<>();
        Set<String> there = get("list the topics", admin.listTopics().names());
        for (TopicSpec spec : specs) {
            if (!there.contains(spec.name()) && create(spec)) {
                changes.add("created " + spec.name());
            }
        }
        awaitVisible(specs);
        // What was created just now has its settings, and a broker may not know of it yet.
        List<TopicSpec> before =
                specs.stream().filter(spec -> there.contains(spec.name())).toList();
        List<ConfigResource> resources = before.stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .toList();
        Map<ConfigResource, Config> configs = get(
                "read the settings of topics", admin.describeConfigs(resources).all());
        for (TopicSpec spec : before) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
            List<AlterConfigOp> differing = differing(spec, configs.get(resource));
            if (!differing.isEmpty()) {
                get(
                        "set the settings of " + spec.name(),
                        admin.incrementalAlterConfigs(Map.of(resource, differing))
                                .all());
                differing.forEach(
                        each -> changes.add("set " + each.configEntry().name() + " of " + spec.name()));
            }
        }
        return changes;
    }

    /** Waits until the broker has heard from its controller of the topics: who asks earlier is told there is none. */
    private void awaitVisible(List<TopicSpec> specs) throws IOException, InterruptedException {
        Set<String> names = specs.stream().map(TopicSpec::name).collect(Collectors.toSet());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!get("list the topics", admin.listTopics().names()).containsAll(names)) {
            if (System.nanoTime() > end) {
                throw new IOException("Kafka does not show topics that it said were created; look at its log");
            }
            Thread.sleep(50);
        }
    }

    private boolean create(TopicSpec spec) throws IOException, InterruptedException {
        NewTopic topic = new NewTopic(spec.name(), spec.partitions(), spec.replication()).configs(spec.settings());
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                // Somebody else was quicker; the settings are compared next.
                return false;
            }
            throw refused("create the topic " + spec.name(), e);
        } catch (TimeoutException e) {
            throw new IOException("Kafka did not answer the request to create the topic " + spec.name(), e);
        }
    }

    private static List<AlterConfigOp> differing(TopicSpec spec, @org.jspecify.annotations.Nullable Config config) {
        List<AlterConfigOp> differing = new ArrayList<>();
        spec.settings().forEach((name, value) -> {
            ConfigEntry now = config == null ? null : config.get(name);
            if (now == null || !value.equals(now.value())) {
                differing.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return differing;
    }

    /**
     * Gives the rights that are missing.
     *
     * @return how many were
     */
    public int installRights(List<AclBinding> rules) throws IOException, InterruptedException {
        List<AclBinding> missing = new ArrayList<>(rules);
        missing.removeAll(
                get("list the rights", admin.describeAcls(AclBindingFilter.ANY).values()));
        if (!missing.isEmpty()) {
            get("give the rights", admin.createAcls(missing).all());
        }
        return missing.size();
    }

    /**
     * Makes the SCRAM users, or gives them these passwords.
     *
     * @param passwords by user
     */
    public void installUsers(Map<String, String> passwords) throws IOException, InterruptedException {
        List<UserScramCredentialAlteration> alterations = new ArrayList<>();
        new HashMap<>(passwords)
                .forEach((user, password) -> alterations.add(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password)));
        get("set the users", admin.alterUserScramCredentials(alterations).all());
    }

    private static <T> T get(String what, KafkaFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw refused(what, e);
        } catch (TimeoutException e) {
            throw new IOException("Kafka did not answer the request to " + what + "; is it up?", e);
        }
    }

    private static IOException refused(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IOException(
                "Kafka refused to " + what + " (" + cause.getClass().getSimpleName()
                        + "): use a user with the right, or have the lines of `check --print` run by one",
                cause);
    }
}
