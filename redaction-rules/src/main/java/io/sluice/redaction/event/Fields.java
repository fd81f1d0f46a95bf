package io.sluice.redaction.event;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that parsers and enrichment set, under the names of the Elastic Common Schema where it has one.
 *
 * <p>Use these constants on hot paths: an event finds a constant by identity first.
 */
public final class Fields {
    private static final int LONGEST_SHAPE = 64;

    /** The constants by their names, complete once this class is initialised. */
    private static final Map<String, FieldPath> KNOWN = new HashMap<>();

    public static final FieldPath TIMESTAMP = field("@timestamp");
    public static final FieldPath EVENT_PROVIDER = field("event.provider");
    public static final FieldPath EVENT_ACTION = field("event.action");
    public static final FieldPath EVENT_OUTCOME = field("event.outcome");
    public static final FieldPath EVENT_TIMELINESS = field("event.timeliness");
    public static final FieldPath EVENT_PAGE_VIEW = field("event.page_view");
    /** The id that the sender gave the event; recognises its own retries, never a document id. */
    public static final FieldPath SENDER_EVENT_ID = field("sender.event_id");

    /** Set, and true, where a line's format has a place for what browsers signal of their people's choices. */
    public static final FieldPath SIGNALS_VISIBLE = field("signals.visible");

    /** Made by the transform of that name; what a sender calls so is an unlisted field like any other. */
    public static final FieldPath VISITOR_ID = field("visitor.id");

    public static final FieldPath AUDIENCE = field("audience");
    public static final FieldPath DATASET = field("dataset");

    /** The peer or client as the record has it: an address or a host name. */
    public static final FieldPath SOURCE_ADDRESS = field("source.address");
    /** The client's address, if it is one. */
    public static final FieldPath SOURCE_IP = field("source.ip");

    public static final FieldPath SOURCE_COUNTRY = field("source.geo.country_iso_code");
    public static final FieldPath SOURCE_REGION = field("source.geo.region_iso_code");
    public static final FieldPath SOURCE_AS_NUMBER = field("source.as.number");
    public static final FieldPath SOURCE_AS_ORGANIZATION = field("source.as.organization.name");

    public static final FieldPath USER_ID = field("user.id");
    public static final FieldPath USER_NAME = field("user.name");
    public static final FieldPath USER_EMAIL = field("user.email");
    public static final FieldPath ORGANIZATION_ID = field("organization.id");
    /** A tracker's cookie or anonymous id. */
    public static final FieldPath DEVICE_ID = field("device.id");

    public static final FieldPath DEVICE_SCREEN = field("device.screen");
    public static final FieldPath SESSION_ID = field("session.id");

    public static final FieldPath HTTP_METHOD = field("http.request.method");
    public static final FieldPath HTTP_REFERRER = field("http.request.referrer");
    public static final FieldPath HTTP_REFERRER_CLASS = field("http.request.referrer_class");
    public static final FieldPath HTTP_STATUS = field("http.response.status_code");
    public static final FieldPath HTTP_BYTES = field("http.response.body.bytes");
    public static final FieldPath HTTP_VERSION = field("http.version");
    /** Request headers stand below it, lower case: {@code http.request.headers.x-forwarded-for}. */
    public static final String HTTP_HEADERS = "http.request.headers";

    public static final FieldPath URL_ORIGINAL = field("url.original");
    public static final FieldPath URL_DOMAIN = field("url.domain");
    public static final FieldPath URL_PATH = field("url.path");
    public static final FieldPath URL_QUERY = field("url.query");

    public static final FieldPath PAGE_TITLE = field("page.title");
    public static final FieldPath SEARCH_QUERY = field("search.query");

    public static final FieldPath USER_AGENT = field("user_agent.original");
    public static final FieldPath USER_AGENT_NAME = field("user_agent.name");
    public static final FieldPath USER_AGENT_VERSION = field("user_agent.version");
    public static final FieldPath USER_AGENT_OS = field("user_agent.os.name");
    public static final FieldPath USER_AGENT_DEVICE_TYPE = field("user_agent.device.type");
    public static final FieldPath USER_AGENT_ROBOT = field("user_agent.robot");
    /** A locale or Accept-Language value before redaction, the primary language tag after. */
    public static final FieldPath USER_AGENT_LANGUAGE = field("user_agent.language");

    /**
     * User-Agent Client Hints (https://wicg.github.io/ua-client-hints/): what describes browser, system and device comes
     * from them too. Where a payload carries them as JSON they stand here as the browser would have written its headers.
     */
    public static final FieldPath HINT_BRANDS = field(HTTP_HEADERS + ".sec-ch-ua");

    public static final FieldPath HINT_FULL_VERSIONS = field(HTTP_HEADERS + ".sec-ch-ua-full-version-list");
    public static final FieldPath HINT_MOBILE = field(HTTP_HEADERS + ".sec-ch-ua-mobile");
    public static final FieldPath HINT_PLATFORM = field(HTTP_HEADERS + ".sec-ch-ua-platform");

    /** The Client Hints that are read. */
    public static final FieldSet HINTS =
            new FieldSet(Set.of(HINT_BRANDS, HINT_FULL_VERSIONS, HINT_MOBILE, HINT_PLATFORM));

    public static final FieldPath LOG_LEVEL = field("log.level");
    public static final FieldPath LOG_LOGGER = field("log.logger");
    public static final FieldPath MESSAGE = field("message");

    public static final FieldPath CONSENT_OPT_OUT = field("consent.opt_out");
    public static final FieldPath CONSENT_GPC = field("consent.gpc");
    public static final FieldPath CONSENT_DNT = field("consent.dnt");
    public static final FieldPath CONSENT_GPP = field("consent.gpp");
    public static final FieldPath CONSENT_US_PRIVACY = field("consent.us_privacy");

    /** Usage properties stand below it. */
    public static final String PROPS = "props";

    /**
     * What a tracker adds to an event of its device, page or site stands below it, by schema: apart from the properties, for
     * a rule for all of these was not written for the ids of a device.
     */
    public static final String CONTEXTS = "contexts";

    /**
     * The fields that Sluice itself sets. A sender's word in their place is taken away first: a rule lets them out
     * because they are looked up or computed, and would let out a name that somebody wrote there.
     */
    public static final Set<FieldPath> SET_BY_SLUICE = Set.of(
            AUDIENCE,
            EVENT_PAGE_VIEW,
            EVENT_TIMELINESS,
            HTTP_REFERRER_CLASS,
            SOURCE_AS_NUMBER,
            SOURCE_AS_ORGANIZATION,
            SOURCE_COUNTRY,
            SOURCE_REGION,
            URL_DOMAIN,
            URL_PATH,
            URL_QUERY,
            USER_AGENT_DEVICE_TYPE,
            USER_AGENT_NAME,
            USER_AGENT_OS,
            USER_AGENT_ROBOT,
            USER_AGENT_VERSION);

    /** The fields that Sluice reads for itself: addresses, user agents and URLs to look up, signals, retries. */
    public static final Set<FieldPath> READ_BY_SLUICE = Set.of(
            SENDER_EVENT_ID,
            SIGNALS_VISIBLE,
            SOURCE_ADDRESS,
            URL_ORIGINAL,
            URL_DOMAIN,
            USER_AGENT,
            HINT_BRANDS,
            HINT_FULL_VERSIONS,
            HINT_MOBILE,
            HINT_PLATFORM,
            CONSENT_OPT_OUT,
            CONSENT_GPC,
            CONSENT_DNT,
            CONSENT_GPP,
            CONSENT_US_PRIVACY);

    /**
     * The shape of a field's name, so that a rule can be written for it: words spelled out stay below {@value #PROPS},
     * {@value #CONTEXTS} and the headers only as far as they are ours; letters become {@code a}, digits {@code 9}, anything else
     * {@code ~}. Holds no value.
     */
    public static String shape(FieldPath field) {
        String name = field.name();
        StringBuilder shape = new StringBuilder();
        int from = 0;
        for (String parent : List.of(PROPS, CONTEXTS, HTTP_HEADERS)) {
            from = field.isBelow(parent) ? parent.length() + 1 : from;
        }
        shape.append(name, 0, from);
        char last = 0;
        for (int i = from; i < name.length() && shape.length() < LONGEST_SHAPE; i++) {
            char c = name.charAt(i);
            char kind = c == '.' || c == '-' || c == '_' || c == '@'
                    ? c
                    : c >= '0' && c <= '9' ? '9' : Character.isLetter(c) ? 'a' : '~';
            if (kind != last) {
                shape.append(kind);
                last = kind;
            }
        }
        return shape.toString();
    }

    private Fields() {}

    private static FieldPath field(String name) {
        if (KNOWN.size() == Long.SIZE) {
            throw new IllegalStateException("an event has a bit for each constant, and there are " + Long.SIZE);
        }
        FieldPath path = new FieldPath(name, KNOWN.size());
        KNOWN.put(name, path);
        return path;
    }

    /** All constants. */
    static Collection<FieldPath> all() {
        return KNOWN.values();
    }

    /** How many constants there are. */
    static int count() {
        return KNOWN.size();
    }

    /** The constant of this name, or null. */
    static @Nullable FieldPath known(String name) {
        return KNOWN.get(name);
    }
}
