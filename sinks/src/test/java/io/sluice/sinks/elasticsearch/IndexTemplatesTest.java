package io.sluice.sinks.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.schema.CleanEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class IndexTemplatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode template(IndexTemplates templates, String name) throws Exception {
        return JSON.readTree(templates.bodies().get(name));
    }

    @Test
    void hasOneTemplatePerRouteUnderThePrefix() {
        assertEquals(
                Set.of("eu-usage-events", "eu-security-events", "eu-operations-events"),
                IndexTemplates.ofOneNode(new Indices("eu-")).bodies().keySet());
    }

    @Test
    void mapsEachFieldOfTheSchemaAndNothingElse() {
        JsonNode mapping = IndexTemplates.mapping();
        assertEquals("strict", mapping.get("dynamic").asText());
        Set<String> types = new HashSet<>();
        for (Schema.Field field : CleanEvent.getClassSchema().getFields()) {
            String path = "/properties/" + field.getProp("ecs").replace(".", "/properties/");
            types.add(mapping.at(path).path("type").asText("none of " + path));
        }
        // The Elasticsearch from Central lacks many types.
        assertEquals(Set.of("keyword", "date", "long", "boolean", "text", "flattened"), types);
        assertEquals(CleanEvent.getClassSchema().getFields().size(), leaves(mapping));
    }

    private static int leaves(JsonNode node) {
        JsonNode properties = node.path("properties");
        int leaves = properties.isMissingNode() ? 1 : 0;
        for (JsonNode property : properties) {
            leaves += leaves(property);
        }
        return leaves;
    }

    @Test
    void saysHowLongBytesOfDeletedDocumentsMayStay() throws Exception {
        IndexTemplates templates = new IndexTemplates(new Indices(""), 2, Duration.ofMillis(1500));
        JsonNode settings = template(templates, "usage-events").at("/template/settings");
        assertEquals(
                0, settings.get("index.merge.policy.expunge_deletes_allowed").asInt(-1));
        assertEquals(2, settings.get("index.number_of_replicas").asInt());
        assertEquals("1500ms", settings.get("index.refresh_interval").asText());
    }

    /** If this is red, the templates have changed: raise the version, so that installed ones are replaced. */
    @Test
    void aChangeRaisesTheVersion() throws Exception {
        Map<Integer, String> fingerprints = Map.of(1, "eb1b83de9e529ce7f3a27a2b6c408430");
        JsonNode body = template(IndexTemplates.ofOneNode(new Indices("")), "usage-events");
        assertEquals(
                fingerprints.get(IndexTemplates.VERSION),
                body.at("/_meta/fingerprint").asText());
        assertEquals(IndexTemplates.VERSION, body.get("version").asInt());
    }

    @Test
    void namesIndicesByRouteAndReceiveDayInUtc() {
        Indices indices = new Indices("eu-");
        Instant late = Instant.parse("2024-01-10T23:59:59.999Z");
        assertEquals("eu-usage-events-2024.01.10", indices.of("analytics", late));
        assertEquals("eu-security-events-2024.01.11", indices.of("security", late.plusMillis(1)));
        assertEquals("eu-operations-events-*", indices.pattern("operations"));
        assertThrows(IllegalArgumentException.class, () -> indices.family("marketing"));
    }

    @Test
    void refusesAnAddressWithAPassword() {
        List<URI> urls = List.of(URI.create("https://user:hidden@localhost:9200"));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new ElasticsearchConnection(urls, null, new Credentials.Anonymous(), ""));
        assertFalse(refusal.getMessage().contains("hidden"));
    }
}
