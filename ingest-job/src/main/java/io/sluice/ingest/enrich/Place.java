package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * Where an address is, as far as the databases know.
 *
 * @param country ISO 3166-1 code, such as {@code CA}
 * @param region ISO 3166-2 code with its country, such as {@code CA-QC}; of several levels the widest
 * @param asNumber number of the autonomous system
 * @param asOrganization who runs it
 */
record Place(
        @Nullable Value country, @Nullable Value region, @Nullable Value asNumber, @Nullable Value asOrganization) {
    static final Place NOWHERE = new Place(null, null, null, null);

    void putInto(Event event) {
        put(event, Fields.SOURCE_COUNTRY, country);
        put(event, Fields.SOURCE_REGION, region);
        put(event, Fields.SOURCE_AS_NUMBER, asNumber);
        put(event, Fields.SOURCE_AS_ORGANIZATION, asOrganization);
    }

    private static void put(Event event, FieldPath path, @Nullable Value value) {
        if (value != null) {
            event.set(path, value);
        }
    }
}
