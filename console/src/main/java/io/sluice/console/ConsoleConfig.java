package io.sluice.console;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What the server needs to know to start.
 *
 * @param host address to listen on; another than loopback only behind a TLS proxy
 * @param port port to listen on, 0 for any free one
 * @param behindTlsProxy whether browsers reach it by HTTPS through a proxy, so that cookies are marked Secure
 * @param zone whose days the figures count
 * @param accountsFile file of the accounts
 * @param keys folder of the key store
 * @param topicsPrefix stands before every topic name, may be empty
 * @param kafka client properties of the server's principal
 * @param elasticsearch where the figures come from
 */
public record ConsoleConfig(
        String host,
        int port,
        boolean behindTlsProxy,
        ZoneId zone,
        Path accountsFile,
        Path keys,
        String topicsPrefix,
        Map<String, String> kafka,
        Elasticsearch elasticsearch) {

    public ConsoleConfig {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Elasticsearch and the server's account in it.
     *
     * @param url such as {@code http://127.0.0.1:9200}
     * @param authorization value of the header {@code Authorization}: a secret
     * @param prefix stands before every index name, may be empty
     * @param ca file of the certificate authority in PEM form, if not one that Java trusts
     */
    public record Elasticsearch(URI url, String authorization, String prefix, Optional<Path> ca) {
        /** The header's value for a user and password. */
        public static String basic(String user, String password) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }

        @Override
        public String toString() {
            return "Elasticsearch[" + url + "]";
        }
    }

    /**
     * The configuration of a YAML file; {@link ConsoleConfigReader} shows one.
     *
     * @param environment variables that {@code ${env:NAME}} may name
     * @throws ConfigRefused if it cannot be read, or says what the server does not understand
     */
    public static ConsoleConfig read(Path file, Map<String, String> environment) throws ConfigRefused {
        return ConsoleConfigReader.read(file, environment);
    }

    /** Whether only programs on this machine can reach it. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "ConsoleConfig[" + host + ":" + port + "]";
    }
}
