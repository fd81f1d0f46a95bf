package io.sluice.ingest.register;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the registers are.
 *
 * @param consumer properties of a Kafka consumer
 * @param producer properties of a Kafka producer
 * @param consent the topic of choices
 * @param policies the topic of policies
 * @param taskPositions where it is reported what is in force
 * @param attempt name of the running job in these reports, another one for each start
 */
public record RegisterSettings(
        HashMap<String, String> consumer,
        HashMap<String, String> producer,
        String consent,
        String policies,
        String taskPositions,
        String attempt)
        implements Serializable {
    /** Copies the maps. */
    public RegisterSettings(
            Map<String, String> consumer,
            Map<String, String> producer,
            String consent,
            String policies,
            String taskPositions,
            String attempt) {
        this(new HashMap<>(consumer), new HashMap<>(producer), consent, policies, taskPositions, attempt);
    }

    /** Prints no property: passwords are among them. */
    @Override
    public String toString() {
        return "RegisterSettings[" + consent + ", " + policies + ", " + attempt + "]";
    }
}
