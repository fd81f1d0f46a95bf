package io.sluice.collector;

import io.sluice.collector.kafka.KafkaRawTopic;
import io.sluice.collector.web.CollectorServer;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** Starts the collector of a configuration. */
public final class Collector {
    private Collector() {}

    /**
     * Starts to listen; it starts without Kafka, too, and answers 503 until it is there.
     *
     * @throws IOException if it cannot listen, or Kafka's client refuses its properties; the message says what to do
     */
    public static CollectorServer start(CollectorConfig config, Clock clock) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("sluice-format", "request");
        options.put("sluice-dataset", config.dataset());
        if (!config.trustedProxies().isEmpty()) {
            options.put("sluice-trusted-proxies", String.join(",", config.trustedProxies()));
        }
        KafkaRawTopic topic;
        try {
            topic = KafkaRawTopic.open(config.kafka(), config.topic(), options);
        } catch (KafkaException e) {
            throw new IOException(
                    "The kafka properties of the collector's configuration are refused by the Kafka client; look at"
                            + " them: " + e.getClass().getSimpleName(),
                    e);
        }
        return CollectorServer.start(config, topic, clock);
    }
}
