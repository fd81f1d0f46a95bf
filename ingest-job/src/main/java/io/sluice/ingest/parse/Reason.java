package io.sluice.ingest.parse;

import java.util.Locale;

/** Why a record is quarantined: a closed list; its code never holds a value. */
public enum Reason {
    /** No parser of the asked formats understood it. */
    UNPARSEABLE,
    /** It ended before its format does. */
    TRUNCATED,
    /** It is larger than the limit for records. */
    TOO_LARGE,
    /** It is nested deeper than the limit. */
    TOO_DEEP,
    /** It has more fields than the limit. */
    TOO_MANY_FIELDS,
    /** It should be JSON and is not. */
    INVALID_JSON,
    /** A usage event without its required {@code type}. */
    MISSING_TYPE,
    /** A framing pointer found no text. */
    NO_TEXT_AT_POINTER,
    /** Its topic has no broker's receive time. */
    NO_RECEIVE_TIME,
    /** It is so old that the vault may keep it no more; the one reason with which nothing is sealed. */
    EXPIRED,
    /** A source option of its headers is not known. */
    UNKNOWN_OPTION,
    /** What the policy made of it does not fit the route's schema. */
    SCHEMA_MISMATCH,
    /** The policy of its receive time is not to be had. */
    NO_POLICY,
    /** Something failed while it was worked on; the code says no more, for a message could hold a value. */
    INTERNAL;

    /** The code, such as {@code too-large}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
