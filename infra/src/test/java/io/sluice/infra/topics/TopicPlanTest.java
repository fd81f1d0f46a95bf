package io.sluice.infra.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.sinks.topics.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final Topics TOPICS = new Topics("");
    private static final List<TopicSpec> SPECS = TopicPlan.ofOneBroker(TOPICS).specs();

    @Test
    void rawRecordsAreStampedByTheBrokerAndGoneAfterThreeDays() {
        for (String raw : TOPICS.raw()) {
            TopicSpec spec = spec(raw);
            assertEquals("LogAppendTime", spec.settings().get("message.timestamp.type"));
            long retention = Long.parseLong(spec.settings().get("retention.ms"));
            long segment = Long.parseLong(spec.settings().get("segment.ms"));
            assertTrue(retention + segment <= 72L * 60 * 60 * 1000);
            assertEquals("delete", spec.settings().get("cleanup.policy"));
        }
    }

    @Test
    void choicesAndPoliciesAreCompactedInOnePartition() {
        for (String name : List.of(TOPICS.consent(), TOPICS.policies(), TOPICS.taskPositions())) {
            assertEquals("compact", spec(name).settings().get("cleanup.policy"));
            assertEquals(1, spec(name).partitions());
        }
    }

    @Test
    void nobodyButTheBoundaryJobReadsRawRecords() {
        Set<String> readers = new AccessPlan(TOPICS)
                .rules().stream()
                        .filter(rule -> TOPICS.raw().contains(rule.pattern().name()))
                        .filter(rule -> rule.entry().operation() == AclOperation.READ)
                        .map(rule -> rule.entry().principal())
                        .collect(Collectors.toSet());
        assertEquals(Set.of("User:boundary"), readers);
    }

    @Test
    void noRuleIsForEverybodyOrEverything() {
        for (AclBinding rule : new AccessPlan(TOPICS).rules()) {
            assertTrue(!rule.entry().principal().equals("User:*"), rule.toString());
            assertTrue(!rule.pattern().name().equals("*"), rule.toString());
            assertTrue(rule.entry().operation() != AclOperation.ALL, rule.toString());
        }
    }

    @Test
    void printsLinesForThoseWhoMayNotBeHelped() {
        assertEquals(
                "kafka-topics.sh --create --if-not-exists --topic refused --partitions 1 --replication-factor 1"
                        + " --config cleanup.policy=delete --config message.timestamp.type=CreateTime"
                        + " --config retention.ms=601200000 --config segment.ms=3600000",
                spec("refused").command());
        List<String> rights = new AccessPlan(new Topics("eu-")).commands();
        assertTrue(rights.contains("kafka-acls.sh --add --allow-principal User:boundary --operation Read"
                + " --group eu-boundary --resource-pattern-type prefixed"));
        assertTrue(rights.contains("kafka-acls.sh --add --allow-principal User:operator --operation DescribeConfigs"
                + " --topic eu-raw.access-logs"));
    }

    private static TopicSpec spec(String name) {
        return SPECS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
