package io.sluice.tests.parsing;

import org.jspecify.annotations.Nullable;

/**
 * What a parser made of one combined line; null where the line has a dash or nothing.
 *
 * @param host who asked, as written
 * @param user who was logged in
 * @param moment in milliseconds since 1970
 * @param method of the request
 * @param target of the request, as written
 * @param version of HTTP, without its name
 * @param status three digits
 * @param bytes of the response's body
 * @param referrer as written
 * @param userAgent as written
 */
record LineValues(
        @Nullable String host,
        @Nullable String user,
        @Nullable String moment,
        @Nullable String method,
        @Nullable String target,
        @Nullable String version,
        @Nullable String status,
        @Nullable String bytes,
        @Nullable String referrer,
        @Nullable String userAgent) {

    /** The value, or null where it says that there is none. */
    static @Nullable String orNone(@Nullable Object value) {
        return value == null || value.equals("-") || value.equals("") ? null : value.toString();
    }
}
