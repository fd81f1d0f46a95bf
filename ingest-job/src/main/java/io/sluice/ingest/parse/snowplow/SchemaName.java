package io.sluice.ingest.parse.snowplow;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an Iglu schema URI names, {@code iglu:vendor/name/format/model-revision-addition} (Snowplow's documentation of
 * self-describing JSON and SchemaVer).
 *
 * @param vendor such as {@code com.acme}: letters, digits, {@code .}, {@code -} and {@code _}
 * @param name such as {@code email_sent}: letters, digits, {@code -} and {@code _}
 * @param model the major version, a whole number from 1 on, as it is written
 */
record SchemaName(String vendor, String name, String model) {
    /** Longer ones are no names: a field's name is bounded, whatever a sender writes. */
    private static final int LONGEST = 256;

    private static final Pattern URI = Pattern.compile("iglu:([A-Za-z0-9._-]++)/([A-Za-z0-9_-]++)/[A-Za-z0-9_-]++/"
            + "([1-9][0-9]{0,4})-(?:0|[1-9][0-9]{0,8})-(?:0|[1-9][0-9]{0,8})");

    /** The name in a URI; null, if it is none. */
    static @Nullable SchemaName of(String uri) {
        Matcher parts = uri.length() <= LONGEST ? URI.matcher(uri) : null;
        return parts != null && parts.matches() ? new SchemaName(parts.group(1), parts.group(2), parts.group(3)) : null;
    }

    /**
     * Vendor and name as Snowplow's warehouses write them, and the major version as a step of its own, such as {@code
     * com_acme_email_sent.1}: an asterisk of a rule stands for a whole step, and so for any version.
     */
    String step() {
        return snake(vendor.replace('.', '_')) + "_" + snake(name) + "." + model;
    }

    /** {@code enhancedEcommerce} and {@code HTTPError} as {@code enhanced_ecommerce} and {@code http_error}. */
    private static String snake(String text) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i) == '-' ? '_' : text.charAt(i);
            boolean isUpper = c >= 'A' && c <= 'Z';
            if (isUpper && i > 0 && beginsWord(text, i)) {
                words.append('_');
            }
            words.append(c);
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    /** Whether a capital begins a word: behind a small letter or a digit, or before a small letter behind a capital. */
    private static boolean beginsWord(String text, int at) {
        char before = text.charAt(at - 1);
        return Character.isLowerCase(before)
                || Character.isDigit(before)
                || Character.isUpperCase(before)
                        && at + 1 < text.length()
                        && Character.isLowerCase(text.charAt(at + 1));
    }
}
