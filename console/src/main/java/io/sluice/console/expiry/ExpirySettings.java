package io.sluice.console.expiry;

import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What expires where.
 *
 * @param vault folder of the vault
 * @param subjectIndex folder of the subject index
 * @param elasticsearch the account that may list and drop the indices of single events
 * @param retentions how long single events are kept from receive time, by route, as the configured policy says; for as
 *     long as it is not known which policy is active
 */
public record ExpirySettings(
        Path vault, Path subjectIndex, ElasticsearchConnection elasticsearch, Map<String, Duration> retentions) {
    public ExpirySettings {
        retentions = Map.copyOf(retentions);
        if (retentions.isEmpty()) {
            throw new IllegalArgumentException("a policy without routes keeps nothing, so nothing expires");
        }
    }
}
