package io.sluice.tests.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sinks.elasticsearch.IndexTemplates;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.elasticsearch.SetupRefused;
import java.time.Duration;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexTemplatesIT {
    private static final String NAME = "/_index_template/usage-events";

    private final IndexTemplates templates = IndexTemplates.ofOneNode(new Indices(""));
    private RealElasticsearch elasticsearch;
    private RestClient client;

    @BeforeAll
    void start() throws Exception {
        elasticsearch = RealElasticsearch.start();
        client = elasticsearch.connection().open(Duration.ofSeconds(30));
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        elasticsearch.close();
    }

    @BeforeEach
    @AfterEach
    void clear() throws Exception {
        elasticsearch.ask("DELETE", "/usage-events-2024.01.10", "");
        for (String name : templates.bodies().keySet()) {
            elasticsearch.ask("DELETE", "/_index_template/" + name, "");
        }
    }

    private JsonNode installed() throws Exception {
        return elasticsearch.ask("GET", NAME, "").at("/index_templates/0/index_template");
    }

    @Test
    void installsThemAndLetsThemBeTheSecondTime() throws Exception {
        templates.install(client);
        JsonNode first = installed();
        assertEquals(IndexTemplates.VERSION, first.get("version").asInt());
        templates.install(client);
        assertEquals(first, installed());
        assertEquals(
                3,
                elasticsearch
                        .ask("GET", "/_index_template/*-events", "")
                        .get("index_templates")
                        .size());
    }

    @Test
    void anIndexHasTheSettingsAndTheStrictMapping() throws Exception {
        templates.install(client);
        elasticsearch.ask("PUT", "/usage-events-2024.01.10", "");
        JsonNode index =
                elasticsearch.ask("GET", "/usage-events-2024.01.10", "").get("usage-events-2024.01.10");
        assertEquals("strict", index.at("/mappings/dynamic").asText());
        assertEquals("flattened", index.at("/mappings/properties/props/type").asText());
        assertEquals(
                "0",
                index.at("/settings/index/merge/policy/expunge_deletes_allowed").asText());
        JsonNode refusal = elasticsearch.ask("PUT", "/usage-events-2024.01.10/_doc/1", "{\"unlisted\":1}");
        assertEquals(
                "strict_dynamic_mapping_exception", refusal.at("/error/type").asText());
    }

    @Test
    void anOlderOneIsReplacedAndItsIndicesLearnTheNewFields() throws Exception {
        elasticsearch.ask(
                "PUT",
                NAME,
                "{\"index_patterns\":[\"usage-events-*\"],\"version\":0,\"template\":{\"mappings\":"
                        + "{\"dynamic\":\"strict\",\"properties\":{\"dataset\":{\"type\":\"keyword\"}}}}}");
        elasticsearch.ask("PUT", "/usage-events-2024.01.10", "");
        templates.install(client);
        assertEquals(IndexTemplates.VERSION, installed().get("version").asInt());
        assertTrue(elasticsearch
                .ask("GET", "/usage-events-2024.01.10/_mapping", "")
                .at("/usage-events-2024.01.10/mappings/properties/visitor/properties/id")
                .has("type"));
    }

    @Test
    void aNewerOneIsLeftAlone() throws Exception {
        elasticsearch.ask("PUT", NAME, "{\"index_patterns\":[\"usage-events-*\"],\"version\":1000}");
        templates.install(client);
        assertEquals(1000, installed().get("version").asInt());
    }

    @Test
    void saysInASentenceWhatAnAccountMayNot() throws Exception {
        try (RestClient stranger = elasticsearch.connection("guess").open(Duration.ofSeconds(30))) {
            SetupRefused refusal = assertThrows(SetupRefused.class, () -> templates.install(stranger));
            assertTrue(String.valueOf(refusal.getMessage()).contains("answered 401"), refusal.getMessage());
        }
    }
}
