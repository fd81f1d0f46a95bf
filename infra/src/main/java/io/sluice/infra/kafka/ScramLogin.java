package io.sluice.infra.kafka;

import java.util.Map;

/** Client properties for a login with SCRAM-SHA-512 (RFC 5802, RFC 7677). */
public final class ScramLogin {
    private ScramLogin() {}

    /**
     * Properties of one user.
     *
     * @param bootstrapServers {@code host:port,…}
     */
    public static Map<String, String> clientProperties(String bootstrapServers, String user, String password) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                jaas(user, password));
    }

    private static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + quoted(user)
                + "\" password=\"" + quoted(password) + "\";";
    }

    static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
