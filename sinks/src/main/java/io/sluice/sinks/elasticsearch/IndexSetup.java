package io.sluice.sinks.elasticsearch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that an index is there, with its strict mapping, before the first document goes into it.
 *
 * <p>An index that came into being by a mere write to a server whose templates are gone would guess its mapping from
 * the documents, so none is left to that. Safe for use by several threads.
 */
final class IndexSetup {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestClient client;
    private final @Nullable IndexTemplates templates;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile boolean installed;

    /**
     * Sets indices up.
     *
     * @param templates installed first; null where they are installed by hand
     */
    IndexSetup(RestClient client, @Nullable IndexTemplates templates) {
        this.client = client;
        this.templates = templates;
    }

    /** Whether all of these indices are known to be there. */
    boolean knows(Collection<String> indices) {
        return known.containsAll(indices);
    }

    /**
     * Creates those indices that are not there. May wait.
     *
     * @throws SetupRefused if the account may not
     * @throws IOException if Elasticsearch cannot be reached
     */
    synchronized void create(Collection<String> indices) throws IOException {
        if (templates != null && !installed) {
            templates.install(client);
            installed = true;
        }
        for (String index : indices) {
            if (!known.contains(index)) {
                create(index);
                known.add(index);
            }
        }
    }

    private void create(String index) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.set("mappings", IndexTemplates.mapping());
        Request request = new Request("PUT", "/" + index);
        request.setJsonEntity(body.toString());
        try {
            client.performRequest(request);
        } catch (ResponseException e) {
            if (!alreadyExists(e)) {
                throw new SetupRefused("Elasticsearch answered "
                        + e.getResponse().getStatusLine().getStatusCode() + " to the creation of the index " + index
                        + "; give the account the privilege create_index on it.");
            }
        }
    }

    private static boolean alreadyExists(ResponseException e) throws IOException {
        return e.getResponse().getStatusLine().getStatusCode() == 400
                && JSON.readTree(e.getResponse().getEntity().getContent())
                        .at("/error/type")
                        .asText()
                        .equals("resource_already_exists_exception");
    }

    /** Looks again at what is there: an index was not where it had been. */
    void forget() {
        known.clear();
        installed = false;
    }
}
