package io.sluice.console;

import io.sluice.console.expiry.ExpirySettings;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param elasticsearch where the figures come from, and the server's account there
 * @param expiry what this server ends when its time is over; null if another one does
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
        ElasticsearchConnection elasticsearch,
        @Nullable ExpirySettings expiry) {

    public ConsoleConfig {
        kafka = Map.copyOf(kafka);
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

    /** The file to which is appended what accounts do, beside that of the accounts. */
    public Path auditFile() {
        return accountsFile.resolveSibling("audit.jsonl");
    }

    @Override
    public String toString() {
        return "ConsoleConfig[" + host + ":" + port + "]";
    }
}
