package io.sluice.infra.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The forms in which personal data turn up in URLs. */
final class Disguise {
    private Disguise() {}

    /** Percent-encoded, spaces as {@code %20}. */
    static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As a form sends it: percent-encoded, spaces as {@code +}. */
    static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A token as invoice links and sessions have it. */
    static String token(Dice dice) {
        byte[] bytes = new byte[18];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) dice.below(256);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Something that looks like a signed token and signs nothing. */
    static String jwt(Dice dice, String email) {
        return base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64("{\"sub\":\"" + email + "\"}") + "."
                + token(dice) + token(dice).substring(0, 19);
    }
}
