package io.sluice.infra.topics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The Kafka users of an installation, besides the administrator. */
public enum Principal {
    /** The boundary job: the only one that reads raw records. */
    BOUNDARY,
    /** The index job. */
    INDEX,
    /** The server. */
    SERVER,
    /** Whoever ships logs and events in. */
    SENDER,
    /** The collector: writes usage events, and nothing else. */
    COLLECTOR,
    /** Whoever watches: counts and positions, no events. */
    OPERATOR;

    /** The name of the user, such as {@code boundary}. */
    public String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> users() {
        return Arrays.stream(values()).map(Principal::user).toList();
    }
}
