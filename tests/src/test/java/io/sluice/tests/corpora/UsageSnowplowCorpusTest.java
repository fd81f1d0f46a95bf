package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cases in which another pipeline pseudonymizes one event, as rules of ours: each field that a rule names becomes a
 * token, all others stay as they were, and none is new.
 *
 * <p>Where the two differ:
 *
 * <ul>
 *   <li>Their rules go by schema and version ({@code email_sent}, 1-*-* or *-*-*); ours by the name of a field alone. In
 *       a tracker's own request a context's fields are named by its schema and major version, so a rule holds for one
 *       ({@code email_sent.1}) or for all ({@code email_sent.*}); none holds for one minor version. As properties of our
 *       own usage event, the list has one name for all contexts, whatever schema they name: more becomes a token than
 *       there, never less.
 *   <li>Values that they pass over as of an unsupported type do not stay: a whole number becomes a token, a fraction and
 *       a flag are dropped.
 *   <li>Values of a list leave as one list for each name, so that what stood together in one element stands in its place
 *       in several lists.
 * </ul>
 */
@Tag("corpora")
class UsageSnowplowCorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of(System.getProperty("sluice.corpora"), "usage-snowplow-pii", "event.json");
    private static final String CONTEXT = "props.co.data.data.";
    private static final String CONTEXTS = "props.contexts.";
    private static final String EVENT = "props.ue_pr.data.data.";
    private static final Set<String> SCALARS = Set.of(
            "uid", "ip", "fp", "dnuid", "nuid", "tr_id", "ti_id", "se_ca", "se_ac", "se_la", "se_pr", "duid", "sid");

    /** What a policy tokenizes, and the fields that this is meant for. */
    private enum Case {
        SCALARS_AND_ONE_THAT_IS_MISSING(
                Set.of("props.uid", "props.ip", "props.fp", "props.ip_domain"),
                Set.of("props.uid", "props.ip", "props.fp")),
        ALL_SCALARS(prefixed("props.", SCALARS), prefixed("props.", SCALARS)),
        SINGLE_PATHS(
                Set.of(CONTEXT + "emailAddress", CONTEXT + "data.emailAddress2", EVENT + "ip"),
                Set.of(CONTEXT + "emailAddress", CONTEXT + "data.emailAddress2", EVENT + "ip")),
        A_MISSING_PATH(Set.of(CONTEXT + "field.that.does.not.exist", EVENT + "nobody"), Set.of()),
        SEVERAL_PATHS(
                Set.of(CONTEXT + "emailAddress", CONTEXT + "emailAddress2", CONTEXT + "emailAddressNonExistent"),
                Set.of(CONTEXT + "emailAddress", CONTEXT + "emailAddress2")),
        ALL_BELOW(Set.of(CONTEXT + "data.*"), Set.of(CONTEXT + "data.emailAddress", CONTEXT + "data.emailAddress2")),
        ALL_BELOW_AT_ANY_DEPTH(
                Set.of(CONTEXT + "*"),
                prefixed(
                        CONTEXT,
                        Set.of(
                                "emailAddress",
                                "emailAddress2",
                                "schema",
                                "someInt",
                                "data.emailAddress",
                                "data.emailAddress2",
                                "field"))),
        ANY_STEP_BETWEEN(Set.of("props.*.data.data.ip"), Set.of(EVENT + "ip")),
        EACH_ELEMENT_OF_A_LIST(Set.of(CONTEXT + "field"), Set.of(CONTEXT + "field")),
        ABSENT_VALUES(Set.of(CONTEXT + "field2", CONTEXT + "field3", CONTEXT + "field4"), Set.of()),
        AN_OBJECT_IS_NO_VALUE(Set.of("props.co.data.data", "props.ue_pr", "props.ue_pr.data.data"), Set.of()),
        A_WHOLE_NUMBER(Set.of(CONTEXT + "someInt"), Set.of(CONTEXT + "someInt"));

        private final Set<String> rules;
        private final Set<String> tokenized;

        Case(Set<String> rules, Set<String> tokenized) {
            this.rules = rules;
            this.tokenized = tokenized;
        }

        private static Set<String> prefixed(String prefix, Set<String> names) {
            return names.stream().map(name -> prefix + name).collect(Collectors.toSet());
        }

        Map<String, String> treatments() {
            return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> "{tokenize: user}"));
        }
    }

    @TempDir
    private Path folder;

    private static JsonNode event() throws IOException {
        return JSON.readTree(FILE.toFile());
    }

    private Map<String, JsonNode> left(JsonNode event, Map<String, String> rules, String keys) throws IOException {
        return NestedEvents.properties(only(NestedEvents.redact(
                NestedEvents.usageEvents(List.of(event), unused -> "click"),
                "analytics",
                "--policy",
                TestPolicy.keepingAllBut(folder, rules).toString(),
                "--keys",
                NestedEvents.keys(folder, keys))));
    }

    private static JsonNode only(Offline run) throws IOException {
        assertEquals(0, run.exit(), run.err());
        assertEquals(1, run.balance().get("in").asInt());
        assertEquals(1, run.balance().get("released").asInt());
        return run.objects().get(0);
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void whatARuleNamesBecomesATokenAndNothingElseChanges(Case one) throws IOException {
        Map<String, JsonNode> before = NestedEvents.fields(event());
        assertTrue(before.keySet().containsAll(one.tokenized));
        Map<String, JsonNode> left = left(event(), one.treatments(), "keys");
        assertEquals(left, left(event(), one.treatments(), "keys"));
        Map<String, JsonNode> others = left(event(), one.treatments(), "other-keys");
        assertEquals(before.keySet(), left.keySet());
        Map<String, String> tokens = new HashMap<>();
        before.forEach((name, value) -> {
            if (one.tokenized.contains(name)) {
                tokens(value, left.get(name), others.get(name), tokens);
            } else {
                assertEquals(value, left.get(name), name);
                assertEquals(value, others.get(name), name);
            }
        });
        assertEquals(tokens.size(), Set.copyOf(tokens.values()).size());
        assertEquals(one.tokenized.isEmpty(), tokens.isEmpty());
    }

    /** Of one value one token, and another one of it under another key. */
    private static void tokens(JsonNode value, JsonNode left, JsonNode others, Map<String, String> tokens) {
        List<JsonNode> values = NestedEvents.values(value);
        List<JsonNode> made = NestedEvents.values(left);
        List<JsonNode> elsewhere = NestedEvents.values(others);
        assertEquals(values.size(), made.size());
        for (int i = 0; i < values.size(); i++) {
            String token = made.get(i).asText();
            assertTrue(token.startsWith("tok_user_"), token);
            String before = tokens.put(values.get(i).asText(), token);
            assertTrue(before == null || before.equals(token));
            assertNotEquals(made.get(i), elsewhere.get(i));
        }
    }

    @Test
    void aFractionAndAFlagInATokensPlaceAreDropped() throws IOException {
        ObjectNode event = (ObjectNode) event();
        event.put("fraction", 1.5).put("flag", true);
        Map<String, JsonNode> expected = NestedEvents.fields(event());
        Map<String, String> rules = Map.of("props.fraction", "{tokenize: user}", "props.flag", "{tokenize: user}");
        assertEquals(expected, left(event, rules, "keys"));
        expected.putAll(NestedEvents.fields(event));
        assertEquals(expected, left(event, Map.of(), "keys"));
    }

    private static byte[] post(String kind) throws IOException {
        return post(event(), kind);
    }

    /** As the tracker posts it: {@code co} and {@code ue_pr} are JSON in a text. */
    private static byte[] post(JsonNode from, String kind) throws IOException {
        ObjectNode event = from.deepCopy();
        event.put("e", kind);
        for (String name : List.of("co", "ue_pr")) {
            event.put(name, event.get(name).toString());
        }
        ObjectNode payload = JSON.createObjectNode()
                .put("schema", "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4");
        payload.putArray("data").add(event);
        return NestedEvents.lines(List.of(payload));
    }

    @Test
    void ofTheTrackersOwnRequestTheShippedPolicyLetsOutTokensAlone() throws IOException {
        List<String> values = new ArrayList<>();
        NestedEvents.fields(event()).forEach((name, value) -> {
            if (name.matches(
                    "props\\.(uid|ip|fp|dnuid|nuid|tr_id|ti_id|se_.*|duid|sid)|.*emailAddress2?|.*recipient")) {
                NestedEvents.values(value).forEach(one -> values.add(one.asText()));
            }
        });
        assertTrue(values.size() >= 18, "only " + values.size());
        for (String route : List.of("analytics", "security", "operations")) {
            for (String kind : List.of("se", "ue", "pv")) {
                Offline run = NestedEvents.redact(post(kind), route);
                JsonNode clean = only(run);
                for (String value : values) {
                    assertFalse(run.out().contains(value), route + " " + kind);
                }
                if (route.equals("security")) {
                    assertTrue(clean.path("user.id").asText().startsWith("tok_user_"));
                    assertTrue(clean.path("source.ip").asText().startsWith("tok_ip_"));
                    assertTrue(clean.path("device.id").asText().startsWith("tok_device_"));
                    assertTrue(clean.path("session.id").asText().startsWith("tok_session_"));
                }
            }
        }
    }

    /** What a policy tokenizes of contexts, and the fields that this is meant for. */
    private enum Criterion {
        /** 1-*-*. */
        ONE_MAJOR_VERSION("com_acme_email_sent.1.emailAddress", Set.of("com_acme_email_sent.1.emailAddress")),
        /** *-*-*. */
        ALL_VERSIONS(
                "com_acme_email_sent.*.emailAddress",
                Set.of("com_acme_email_sent.1.emailAddress", "com_acme_email_sent.2.emailAddress")),
        ALL_BELOW_ONE_MAJOR_VERSION(
                "com_acme_email_sent.2.*",
                Set.of("com_acme_email_sent.2.emailAddress", "com_acme_email_sent.2.emailAddress2")),
        ANOTHER_SCHEMA("com_test_array.*.field", Set.of("com_test_array.1.field")),
        A_VERSION_THAT_IS_NOT_THERE("com_acme_email_sent.3.emailAddress", Set.of());

        private final String rule;
        private final Set<String> tokenized;

        Criterion(String rule, Set<String> tokenized) {
            this.rule = "contexts." + rule;
            this.tokenized = Case.prefixed(CONTEXTS, tokenized);
        }
    }

    /** With one context more: the same schema in its second major version. */
    private static ObjectNode eventOfTwoVersions() throws IOException {
        ObjectNode event = (ObjectNode) event();
        ObjectNode second = ((ArrayNode) event.at("/co/data")).addObject();
        second.put("schema", "iglu:com.acme/email_sent/jsonschema/2-0-3");
        second.putObject("data").put("emailAddress", "ann@example.com").put("emailAddress2", "ben@example.com");
        return event;
    }

    /** The fields that a policy which keeps them all lets out, contexts by schema and major version. */
    private static Map<String, JsonNode> contexts(JsonNode event) {
        JsonNode list = event.at("/co/data");
        ObjectNode named = JSON.createObjectNode();
        ObjectNode contexts = named.putObject("contexts");
        ObjectNode sent = contexts.putObject("com_acme_email_sent");
        sent.putArray("1").add(list.get(0).get("data")).add(list.get(1).get("data"));
        if (list.size() > 3) {
            sent.set("2", list.get(3).get("data"));
        }
        contexts.putObject("com_test_array").set("1", list.get(2).get("data"));
        return NestedEvents.fields(named);
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void aRuleIsForOneMajorVersionOfASchemaOrForAll(Criterion one) throws IOException {
        Map<String, JsonNode> before = contexts(eventOfTwoVersions());
        assertTrue(before.keySet().containsAll(one.tokenized));
        Map<String, JsonNode> left = NestedEvents.properties(only(NestedEvents.redact(
                post(eventOfTwoVersions(), "pv"),
                "analytics",
                "--policy",
                TestPolicy.keepingAllBut(folder, Map.of(one.rule, "{tokenize: user}"))
                        .toString())));
        left.keySet().removeIf(name -> !name.startsWith(CONTEXTS));
        assertEquals(before.keySet(), left.keySet());
        before.forEach((name, value) -> {
            if (one.tokenized.contains(name)) {
                List<JsonNode> tokens = NestedEvents.values(left.get(name));
                assertEquals(NestedEvents.values(value).size(), tokens.size(), name);
                tokens.forEach(token -> assertTrue(token.asText().startsWith("tok_user_"), name));
            } else {
                assertEquals(value, left.get(name), name);
            }
        });
    }

    @Test
    void aContextWhoseSchemaIsNoneNamesNoField() throws IOException {
        ObjectNode event = (ObjectNode) event();
        for (JsonNode context : event.at("/co/data")) {
            ((ObjectNode) context).put("schema", "iglu:com.acme/jim acme/jsonschema/1-0-0");
        }
        Offline run = NestedEvents.redact(
                post(event, "pv"),
                "analytics",
                "--policy",
                TestPolicy.keepingAllBut(folder, Map.of()).toString());
        assertFalse(run.out().contains("contexts"), run.out());
        assertFalse(run.out().contains("acme"), run.out());
    }

    @Test
    void ofTheTrackersOwnRequestAPolicyTokenizesProperties() throws IOException {
        Map<String, JsonNode> expected = new TreeMap<>(contexts(event()));
        NestedEvents.fields(event()).forEach((name, value) -> {
            if (name.startsWith(EVENT)) {
                expected.put("props." + name.substring(EVENT.length()), value);
            }
        });
        JsonNode scalars = event();
        expected.put("props.category", scalars.get("se_ca"));
        expected.put("props.label", scalars.get("se_la"));
        expected.put("props.property", scalars.get("se_pr"));
        expected.put("props.transaction_id", scalars.get("tr_id"));
        Set<String> tokenized = new TreeSet<>(Set.of("props.recipient", "props.ip", "props.label"));
        Map<String, String> rules =
                tokenized.stream().collect(Collectors.toMap(rule -> rule, rule -> "{tokenize: user}"));

        Map<String, JsonNode> left = NestedEvents.properties(only(NestedEvents.redact(
                post("ue"),
                "analytics",
                "--policy",
                TestPolicy.keepingAllBut(folder, rules).toString())));

        for (String name : tokenized) {
            assertTrue(left.remove(name).asText().startsWith("tok_user_"), name);
            expected.remove(name);
        }
        assertEquals(expected, left);
    }
}
