package io.sluice.ingest.source;

import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.SourceOptions;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The options of each raw topic: those that the configuration pins, and for the others those that a record's headers
 * name.
 *
 * <p>Not thread-safe: one per task.
 */
public final class SourceRules implements Serializable {
    /** The dataset of records whose headers are not understood; no policy can have one of this name. */
    public static final String UNKNOWN_DATASET = "";

    private static final long serialVersionUID = 1;
    private static final int REMEMBERED = 256;

    private final HashMap<String, EnumMap<SourceOption, String>> pinned = new HashMap<>();
    private transient Map<String, SourceOptions> known = new HashMap<>();

    /**
     * What the configuration says.
     *
     * @param pinned by topic, as the broker calls it
     * @throws IllegalArgumentException if a value is not understood
     */
    public SourceRules(Map<String, Map<SourceOption, String>> pinned) {
        pinned.forEach((topic, options) -> {
            EnumMap<SourceOption, String> own = new EnumMap<>(SourceOption.class);
            own.putAll(options);
            this.pinned.put(topic, own);
            apply(SourceOptions.DEFAULT, own);
        });
    }

    /** The options of a record; with {@link #UNKNOWN_DATASET} if a header of ours is not understood. */
    public SourceOptions of(String topic, Headers headers) {
        Map<SourceOption, String> own = pinned.getOrDefault(topic, new EnumMap<>(SourceOption.class));
        EnumMap<SourceOption, String> all = new EnumMap<>(SourceOption.class);
        boolean understood = true;
        for (Header header : headers) {
            SourceOption option = SourceOption.byHeader(header.key()).orElse(null);
            if (option != null && header.value() != null) {
                all.put(option, new String(header.value(), StandardCharsets.UTF_8));
            } else if (header.key().startsWith("sluice-")) {
                understood = false;
            }
        }
        all.putAll(own);
        return understood ? remembered(all) : unknown();
    }

    private SourceOptions remembered(EnumMap<SourceOption, String> options) {
        if (known == null) {
            known = new HashMap<>();
        }
        String key = options.toString();
        SourceOptions found = known.get(key);
        if (found == null) {
            found = understood(options);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(key, found);
        }
        return found;
    }

    private static SourceOptions understood(Map<SourceOption, String> options) {
        try {
            return apply(SourceOptions.DEFAULT, options);
        } catch (IllegalArgumentException e) {
            return unknown();
        }
    }

    private static SourceOptions apply(SourceOptions start, Map<SourceOption, String> options) {
        SourceOptions result = start;
        for (Map.Entry<SourceOption, String> option : new LinkedHashMap<>(options).entrySet()) {
            result = option.getKey().set(result, option.getValue());
        }
        LogParsers.forOptions(
                result); // a declared format that does not compile is refused here, not at the first record
        return result;
    }

    private static SourceOptions unknown() {
        return SourceOptions.DEFAULT.withDataset(UNKNOWN_DATASET);
    }
}
