package io.sluice.redaction.token;

import java.util.Arrays;
import java.util.Base64;

/** Base64url without padding (RFC 4648, section 5) of the beginning of a hash. */
final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    static String encode(byte[] bytes, int length) {
        return ENCODER.encodeToString(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
}
