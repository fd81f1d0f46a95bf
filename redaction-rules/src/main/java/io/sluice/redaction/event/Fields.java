package io.sluice.redaction.event;

import java.util.Set;

/**
 * The fields that parsers and enrichment set, under the names of the Elastic Common Schema where it has one.
 *
 * <p>Use these constants on hot paths: an event finds a constant by identity first.
 */
public final class Fields {
    private static final int LONGEST_SHAPE = 64;

    public static final FieldPath TIMESTAMP = FieldPath.of("@timestamp");
    public static final FieldPath EVENT_PROVIDER = FieldPath.of("event.provider");
    public static final FieldPath EVENT_ACTION = FieldPath.of("event.action");
    public static final FieldPath EVENT_OUTCOME = FieldPath.of("event.outcome");
    public static final FieldPath EVENT_TIMELINESS = FieldPath.of("event.timeliness");
    public static final FieldPath EVENT_PAGE_VIEW = FieldPath.of("event.page_view");
    /** The id that the sender gave the event; recognises its own retries, never a document id. */
    public static final FieldPath SENDER_EVENT_ID = FieldPath.of("sender.event_id");

    /** Made by the transform of that name; what a sender calls so is an unlisted field like any other. */
    public static final FieldPath VISITOR_ID = FieldPath.of("visitor.id");

    public static final FieldPath AUDIENCE = FieldPath.of("audience");
    public static final FieldPath DATASET = FieldPath.of("dataset");

    /** The peer or client as the record has it: an address or a host name. */
    public static final FieldPath SOURCE_ADDRESS = FieldPath.of("source.address");
    /** The client's address, if it is one. */
    public static final FieldPath SOURCE_IP = FieldPath.of("source.ip");

    public static final FieldPath SOURCE_COUNTRY = FieldPath.of("source.geo.country_iso_code");
    public static final FieldPath SOURCE_REGION = FieldPath.of("source.geo.region_iso_code");
    public static final FieldPath SOURCE_AS_NUMBER = FieldPath.of("source.as.number");
    public static final FieldPath SOURCE_AS_ORGANIZATION = FieldPath.of("source.as.organization.name");

    public static final FieldPath USER_ID = FieldPath.of("user.id");
    public static final FieldPath USER_NAME = FieldPath.of("user.name");
    public static final FieldPath USER_EMAIL = FieldPath.of("user.email");
    public static final FieldPath ORGANIZATION_ID = FieldPath.of("organization.id");
    /** A tracker's cookie or anonymous id. */
    public static final FieldPath DEVICE_ID = FieldPath.of("device.id");

    public static final FieldPath DEVICE_SCREEN = FieldPath.of("device.screen");
    public static final FieldPath SESSION_ID = FieldPath.of("session.id");

    public static final FieldPath HTTP_METHOD = FieldPath.of("http.request.method");
    public static final FieldPath HTTP_REFERRER = FieldPath.of("http.request.referrer");
    public static final FieldPath HTTP_REFERRER_CLASS = FieldPath.of("http.request.referrer_class");
    public static final FieldPath HTTP_STATUS = FieldPath.of("http.response.status_code");
    public static final FieldPath HTTP_BYTES = FieldPath.of("http.response.body.bytes");
    public static final FieldPath HTTP_VERSION = FieldPath.of("http.version");
    /** Request headers stand below it, lower case: {@code http.request.headers.x-forwarded-for}. */
    public static final String HTTP_HEADERS = "http.request.headers";

    public static final FieldPath URL_ORIGINAL = FieldPath.of("url.original");
    public static final FieldPath URL_DOMAIN = FieldPath.of("url.domain");
    public static final FieldPath URL_PATH = FieldPath.of("url.path");
    public static final FieldPath URL_QUERY = FieldPath.of("url.query");

    public static final FieldPath PAGE_TITLE = FieldPath.of("page.title");
    public static final FieldPath SEARCH_QUERY = FieldPath.of("search.query");

    public static final FieldPath USER_AGENT = FieldPath.of("user_agent.original");
    public static final FieldPath USER_AGENT_NAME = FieldPath.of("user_agent.name");
    public static final FieldPath USER_AGENT_VERSION = FieldPath.of("user_agent.version");
    public static final FieldPath USER_AGENT_OS = FieldPath.of("user_agent.os.name");
    public static final FieldPath USER_AGENT_DEVICE_TYPE = FieldPath.of("user_agent.device.type");
    public static final FieldPath USER_AGENT_ROBOT = FieldPath.of("user_agent.robot");
    /** A locale or Accept-Language value before redaction, the primary language tag after. */
    public static final FieldPath USER_AGENT_LANGUAGE = FieldPath.of("user_agent.language");

    public static final FieldPath LOG_LEVEL = FieldPath.of("log.level");
    public static final FieldPath LOG_LOGGER = FieldPath.of("log.logger");
    public static final FieldPath MESSAGE = FieldPath.of("message");

    public static final FieldPath CONSENT_OPT_OUT = FieldPath.of("consent.opt_out");
    public static final FieldPath CONSENT_GPC = FieldPath.of("consent.gpc");
    public static final FieldPath CONSENT_DNT = FieldPath.of("consent.dnt");
    public static final FieldPath CONSENT_GPP = FieldPath.of("consent.gpp");
    public static final FieldPath CONSENT_US_PRIVACY = FieldPath.of("consent.us_privacy");

    /** Usage properties stand below it. */
    public static final String PROPS = "props";

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
            SOURCE_ADDRESS,
            URL_ORIGINAL,
            URL_DOMAIN,
            USER_AGENT,
            CONSENT_OPT_OUT,
            CONSENT_GPC,
            CONSENT_DNT,
            CONSENT_GPP,
            CONSENT_US_PRIVACY);

    /**
     * The shape of a field's name, so that a rule can be written for it: words spelled out stay below {@value #PROPS}
     * and the headers only as far as they are ours; letters become {@code a}, digits {@code 9}, anything else
     * {@code ~}. Holds no value.
     */
    public static String shape(FieldPath field) {
        String name = field.name();
        StringBuilder shape = new StringBuilder();
        int from =
                field.isBelow(PROPS) ? PROPS.length() + 1 : field.isBelow(HTTP_HEADERS) ? HTTP_HEADERS.length() + 1 : 0;
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
}
