package io.sluice.ingest.boundary;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.util.Set;

/**
 * The fields that Sluice itself sets. A sender's word in their place is taken away first: a rule lets them out because
 * they are looked up or computed, and would let out a name that somebody wrote there.
 */
final class Derived {
    private static final Set<FieldPath> FIELDS = Set.of(
            Fields.AUDIENCE,
            Fields.EVENT_PAGE_VIEW,
            Fields.EVENT_TIMELINESS,
            Fields.HTTP_REFERRER_CLASS,
            Fields.SOURCE_AS_NUMBER,
            Fields.SOURCE_AS_ORGANIZATION,
            Fields.SOURCE_COUNTRY,
            Fields.SOURCE_REGION,
            Fields.URL_DOMAIN,
            Fields.URL_PATH,
            Fields.URL_QUERY,
            Fields.USER_AGENT_DEVICE_TYPE,
            Fields.USER_AGENT_NAME,
            Fields.USER_AGENT_OS,
            Fields.USER_AGENT_ROBOT,
            Fields.USER_AGENT_VERSION);

    private Derived() {}

    static void clear(Event event) {
        for (int i = event.size() - 1; i >= 0; i--) {
            if (FIELDS.contains(event.path(i))) {
                event.remove(event.path(i));
            }
        }
    }
}
