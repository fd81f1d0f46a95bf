package io.sluice.infra.elasticsearch;

import io.sluice.sinks.elasticsearch.Indices;
import java.util.List;

/**
 * The roles of an installation in Elasticsearch.
 *
 * <p>Guarantees: only the index job writes; the server reads usage events and nothing else, and drops whole indices by an
 * account of its own that reads nothing; nobody but the security role reads security events. Analysts have no role here: the server reads for them and applies the smallest group size.
 *
 * @param indices the names of the indices
 */
public record ElasticsearchRoles(Indices indices) {
    /** Role and user of the index job. */
    public static final String INDEX = "sluice-index";

    /** Role and user of the server. */
    public static final String SERVER = "sluice-server";

    /** Role and user of who investigates unauthorized use. */
    public static final String SECURITY = "sluice-security";

    /** Role and user of who runs the installation. */
    public static final String OPERATOR = "sluice-operator";

    /** Role and user by which the server drops indices whose time is over; it can read nothing. */
    public static final String EXPIRY = "sluice-expiry";

    /** All of them; each role has one user of its name. */
    public static List<String> all() {
        return List.of(INDEX, SERVER, EXPIRY, SECURITY, OPERATOR);
    }

    /** The text of {@code roles.yml}, for the file realm or to be copied by hand. */
    public String yaml() {
        String usage = pattern("analytics");
        String security = pattern("security");
        String operations = pattern("operations");
        String every = usage + ", " + security + ", " + operations;
        return role(
                        INDEX,
                        "manage_index_templates, monitor",
                        // To set a mapping is a right of its own: "manage" would hold it, and the right to delete whole
                        // indices too.
                        grant(every, "create_index, create, view_index_metadata, indices:admin/mapping/put"))
                + role(SERVER, "", grant(usage, "read, view_index_metadata"))
                + role(EXPIRY, "", grant(every, "view_index_metadata, delete_index"))
                + role(SECURITY, "", grant(security, "read, view_index_metadata"))
                + role(OPERATOR, "monitor", grant(every, "monitor, view_index_metadata"), grant(operations, "read"));
    }

    private String pattern(String route) {
        return "\"" + indices.pattern(route) + "\"";
    }

    private static String role(String name, String cluster, String... grants) {
        return name + ":\n  cluster: [" + quoted(cluster) + "]\n  indices:\n" + String.join("", grants);
    }

    private static String grant(String names, String privileges) {
        return "    - names: [" + names + "]\n      privileges: [" + quoted(privileges) + "]\n";
    }

    private static String quoted(String list) {
        return list.isEmpty() ? "" : "\"" + list.replace(", ", "\", \"") + "\"";
    }
}
