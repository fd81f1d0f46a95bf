package io.sluice.collector;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the collector needs to know to start. Holds passwords, and prints none.
 *
 * @param host address to listen on, loopback by default
 * @param port port to listen on, 0 for any free one
 * @param topic the raw topic of usage events, as the broker calls it
 * @param dataset the source's label in the policy
 * @param kafka properties of Kafka's client
 * @param optOutCookie name of the cookie by which a visitor says no
 * @param trustedProxies networks whose X-Forwarded-For is believed
 * @param origins that browsers may send from, or {@code *}
 * @param largestBody bytes of a body, packed or not
 * @param requestsPerSecond of one client network
 * @param gpcLastUpdate the day that {@code gpc.json} names
 */
public record CollectorConfig(
        String host,
        int port,
        String topic,
        String dataset,
        Map<String, String> kafka,
        String optOutCookie,
        List<String> trustedProxies,
        List<String> origins,
        int largestBody,
        int requestsPerSecond,
        String gpcLastUpdate) {
    /**
     * The configuration of a file.
     *
     * @throws ConfigRefused if it cannot be read, or says what the collector does not understand
     */
    public static CollectorConfig read(Path file, Map<String, String> environment) throws ConfigRefused {
        return CollectorConfigReader.read(file, environment);
    }

    @Override
    public String toString() {
        return "CollectorConfig[" + host + ":" + port + ", " + topic + "]";
    }
}
