package io.sluice.ingest.parse.jsonlog;

import io.sluice.redaction.event.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flattens an object into dotted names; objects inside arrays stay as they are. */
public final class Flat {
    private Flat() {}

    /** The members under dotted names; of two with one name the first counts. */
    public static Map<String, Value> of(Value.Members object) {
        Map<String, Value> flat = new LinkedHashMap<>();
        put("", object, flat);
        return flat;
    }

    private static void put(String prefix, Value.Members object, Map<String, Value> into) {
        object.members().forEach((name, value) -> {
            if (value instanceof Value.Members inner) {
                put(prefix + name + ".", inner, into);
            } else {
                into.putIfAbsent(prefix + name, value);
            }
        });
    }
}
