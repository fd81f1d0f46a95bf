package io.sluice.infra.topics;

import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what on Kafka.
 *
 * <p>Guarantees: of {@link Principal} only {@link Principal#BOUNDARY} may read a raw topic; only it writes clean topics
 * and the balance. Does not guarantee: anything about the broker's administrator, or about who holds a password.
 *
 * @param topics the names; consumer groups and transactional ids bear their prefix too
 */
public record AccessPlan(Topics topics) {
    /** What the consumer groups and transactional ids of the boundary job begin with, behind the topics' prefix. */
    public static final String BOUNDARY_PREFIX = "boundary";

    /** What the consumer groups of the index job begin with, behind the topics' prefix. */
    public static final String INDEX_PREFIX = "index";

    /** Every rule. */
    public List<AclBinding> rules() {
        List<AclBinding> rules = new ArrayList<>();
        addBoundary(new Grants(Principal.BOUNDARY, rules));
        addIndex(new Grants(Principal.INDEX, rules));
        new Grants(Principal.SERVER, rules)
                .may(List.of(topics.consent(), topics.policies()), AclOperation.READ, AclOperation.WRITE)
                .may(List.of(topics.taskPositions(), topics.balance(), topics.subjectEntries()), AclOperation.READ);
        new Grants(Principal.SENDER, rules).may(topics.raw(), AclOperation.WRITE);
        new Grants(Principal.COLLECTOR, rules).may(List.of(topics.rawUsageEvents()), AclOperation.WRITE);
        new Grants(Principal.OPERATOR, rules)
                .may(topics.raw(), AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
                .may(clean(), AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
                .may(List.of(topics.balance(), topics.refused(), topics.taskPositions()), AclOperation.READ)
                .prefixed(ResourceType.GROUP, INDEX_PREFIX, AclOperation.DESCRIBE)
                .prefixed(ResourceType.GROUP, BOUNDARY_PREFIX, AclOperation.DESCRIBE);
        return rules;
    }

    private void addBoundary(Grants grants) {
        grants.may(topics.raw(), AclOperation.READ, AclOperation.DESCRIBE_CONFIGS)
                // To end the transactions that an earlier attempt left open, Kafka asks for the right to read too.
                .may(clean(), AclOperation.WRITE, AclOperation.READ)
                .may(List.of(topics.balance(), topics.subjectEntries()), AclOperation.WRITE, AclOperation.READ)
                .may(List.of(topics.consent()), AclOperation.READ)
                .may(List.of(topics.policies(), topics.taskPositions()), AclOperation.READ, AclOperation.WRITE)
                // That it has a receive time is asked before the first policy is written.
                .may(List.of(topics.policies()), AclOperation.DESCRIBE_CONFIGS)
                .prefixed(ResourceType.GROUP, BOUNDARY_PREFIX, AclOperation.READ)
                // To describe them is what Flink's pool of transactions asks for, to end what an earlier attempt left.
                .prefixed(ResourceType.TRANSACTIONAL_ID, BOUNDARY_PREFIX, AclOperation.WRITE, AclOperation.DESCRIBE);
    }

    private void addIndex(Grants grants) {
        grants.may(clean(), AclOperation.READ)
                .may(List.of(topics.subjectEntries()), AclOperation.READ)
                .may(List.of(topics.refused()), AclOperation.READ, AclOperation.WRITE)
                .prefixed(ResourceType.GROUP, INDEX_PREFIX, AclOperation.READ);
    }

    private List<String> clean() {
        return Indices.ROUTES.stream().map(topics::clean).toList();
    }

    /** The lines for {@code kafka-acls.sh}, for houses where the program may not set rights. */
    public List<String> commands() {
        return rules().stream().map(AccessPlan::command).toList();
    }

    private static String command(AclBinding rule) {
        ResourcePattern pattern = rule.pattern();
        String resource =
                switch (pattern.resourceType()) {
                    case CLUSTER -> "--cluster";
                    case GROUP -> "--group " + pattern.name();
                    case TRANSACTIONAL_ID -> "--transactional-id " + pattern.name();
                    default -> "--topic " + pattern.name();
                };
        String operation =
                rule.entry().operation().name().toLowerCase(Locale.ROOT).replace("_", "-");
        return "kafka-acls.sh --add --allow-principal " + rule.entry().principal() + " --operation "
                + camel(operation) + " " + resource
                + (pattern.patternType() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    private static String camel(String operation) {
        return Stream.of(operation.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .reduce("", String::concat);
    }

    /** Collects the rules of one principal. */
    private final class Grants {
        private final String principal;
        private final List<AclBinding> into;

        Grants(Principal principal, List<AclBinding> into) {
            this.principal = "User:" + principal.user();
            this.into = into;
        }

        Grants may(List<String> names, AclOperation... operations) {
            names.forEach(name -> add(ResourceType.TOPIC, name, PatternType.LITERAL, operations));
            return this;
        }

        Grants prefixed(ResourceType type, String name, AclOperation... operations) {
            return add(type, topics.prefix() + name, PatternType.PREFIXED, operations);
        }

        Grants add(ResourceType type, String name, PatternType pattern, AclOperation... operations) {
            for (AclOperation operation : operations) {
                into.add(new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
            }
            return this;
        }
    }
}
