package io.sluice.sinks.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.schema.CleanEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/**
 * The index templates of the clean events: a strict, lean mapping made from the Avro schema, and the settings.
 *
 * <p>Uses only what the Elasticsearch from Central has too (no ILM, no component of a paid licence), so it serves that
 * one and a full 8.8 or newer and 9 alike.
 *
 * @param indices the names
 * @param replicas copies of each shard; 0 for a single node
 * @param refresh how long a new document may stay invisible to searches
 */
public record IndexTemplates(Indices indices, int replicas, Duration refresh) implements Serializable {
    /**
     * Raised by one whenever the body of a template changes. An installed template of a higher version was put there by
     * a newer program and is left alone.
     */
    public static final int VERSION = 1;

    /** Above the templates that Elasticsearch brings along (at most 200). */
    private static final int PRIORITY = 300;
    /**
     * Longer values stay in the document and are not searchable. Lucene's own limit is 32,766 bytes, above which the
     * whole document would be refused.
     */
    private static final int KEYWORD_CHARACTERS = 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** For one node: no replicas, visible within two seconds. */
    public static IndexTemplates ofOneNode(Indices indices) {
        return new IndexTemplates(indices, 0, Duration.ofSeconds(2));
    }

    /** The body of each template by its name, as {@code PUT _index_template/NAME} takes it. */
    public Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (String route : Indices.ROUTES) {
            bodies.put(indices.family(route), body(route).toPrettyString());
        }
        return bodies;
    }

    /**
     * Installs what is missing or older, and tells existing indices the fields that are new. Does nothing when all is
     * there, so it may be called at every start and by several processes at once.
     *
     * @throws SetupRefused if the account may not
     * @throws IOException if Elasticsearch cannot be reached
     */
    public void install(RestClient client) throws IOException {
        for (String route : Indices.ROUTES) {
            ObjectNode body = body(route);
            if (outdated(client, indices.family(route), body)) {
                // First the indices: the template's version says that both are done.
                put(client, "/" + indices.pattern(route) + "/_mapping", mapping());
                put(client, "/_index_template/" + indices.family(route), body);
            }
        }
    }

    private static boolean outdated(RestClient client, String name, ObjectNode body) throws IOException {
        Request request = new Request("GET", "/_index_template/" + name);
        request.addParameter(
                "filter_path", "index_templates.index_template.version,index_templates.index_template._meta");
        JsonNode installed;
        try (InputStream answer = client.performRequest(request).getEntity().getContent()) {
            installed = JSON.readTree(answer).at("/index_templates/0/index_template");
        } catch (ResponseException e) {
            if (status(e.getResponse()) == 404) {
                return true;
            }
            throw refused(name, e);
        }
        int version = installed.path("version").asInt();
        return version < VERSION
                || (version == VERSION && !installed.at("/_meta/fingerprint").equals(body.at("/_meta/fingerprint")));
    }

    private static void put(RestClient client, String path, ObjectNode body) throws IOException {
        Request request = new Request("PUT", path);
        request.setJsonEntity(body.toString());
        try {
            client.performRequest(request);
        } catch (ResponseException e) {
            // No index yet: nothing to tell.
            if (status(e.getResponse()) != 404) {
                throw refused(path, e);
            }
        }
    }

    private static int status(Response response) {
        return response.getStatusLine().getStatusCode();
    }

    private static SetupRefused refused(String what, ResponseException e) {
        return new SetupRefused("Elasticsearch answered " + status(e.getResponse()) + " to the installation of " + what
                + "; give the account the cluster privilege manage_index_templates, or install the templates by hand"
                + " (see check --print).");
    }

    private ObjectNode body(String route) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("index_patterns").add(indices.pattern(route));
        body.put("priority", PRIORITY);
        ObjectNode template = body.putObject("template");
        template.set("settings", settings());
        template.set("mappings", mapping());
        String fingerprint = fingerprint(template.toString());
        body.put("version", VERSION);
        body.putObject("_meta").put("managed_by", "sluice").put("fingerprint", fingerprint);
        return body;
    }

    private ObjectNode settings() {
        ObjectNode settings = JSON.createObjectNode();
        settings.put("index.number_of_shards", 1);
        settings.put("index.number_of_replicas", replicas);
        settings.put("index.refresh_interval", refresh.toMillis() + "ms");
        settings.put("index.codec", "best_compression");
        // Without this the bytes of a deleted document outlive every forced merge.
        settings.put("index.merge.policy.expunge_deletes_allowed", 0);
        return settings;
    }

    /** The mapping: each field of the schema by its ECS name, and nothing else. */
    static ObjectNode mapping() {
        ObjectNode mapping = JSON.createObjectNode();
        mapping.put("dynamic", "strict");
        ObjectNode properties = mapping.putObject("properties");
        for (Schema.Field field : CleanEvent.getClassSchema().getFields()) {
            String name = field.getProp(CleanDocument.ECS);
            ObjectNode parent = properties;
            int from = 0;
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
                parent = parent.withObjectProperty(name.substring(from, dot)).withObjectProperty("properties");
                from = dot + 1;
            }
            parent.set(name.substring(from), type(name, field.schema()));
        }
        return mapping;
    }

    private static ObjectNode type(String name, Schema schema) {
        ObjectNode type = JSON.createObjectNode();
        Schema value = schema.isUnion() ? schema.getTypes().get(1) : schema;
        switch (value.getType()) {
            case LONG ->
                type.put("type", value.getLogicalType() instanceof LogicalTypes.TimestampMillis ? "date" : "long");
            case BOOLEAN -> type.put("type", "boolean");
            case MAP -> type.put("type", "flattened").put("ignore_above", KEYWORD_CHARACTERS);
            case STRING -> type.put("type", "keyword").put("ignore_above", KEYWORD_CHARACTERS);
            default ->
                throw new IllegalStateException("The field " + name + " has the type " + value.getType()
                        + ", which has no mapping; add one here.");
        }
        return exception(name, type);
    }

    /** What few fields need otherwise, each because of how it is asked for. */
    private static ObjectNode exception(String name, ObjectNode type) {
        switch (name) {
            // It is the document's _id, which is found without an index of its own.
            case "event.id" -> {
                type.remove("ignore_above");
                type.put("index", false).put("doc_values", false);
            }
            // Sums and histograms are made from the columns; nobody looks for one value among all.
            case "event.ingested", "http.response.body.bytes", "policy.version" -> {
                type.remove("ignore_above");
                type.put("index", false);
            }
            // Free text is searched by its words.
            case "message" -> {
                type.remove("ignore_above");
                type.put("type", "text").put("norms", false);
            }
            default -> {
                // As its type says.
            }
        }
        return type;
    }

    private static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java.", e);
        }
    }
}
