package io.sluice.tests.corpora;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes encodings as somebody would who looks for what a clean event still holds: with the JDK's own decoders, not with
 * ours, and without any budget.
 */
final class Unwrapping {
    private static final Pattern BROKEN_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern BYTES = Pattern.compile("(?:\\\\x[0-9a-fA-F]{2})+");
    private static final Pattern REFERENCE = Pattern.compile("&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));");
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/_-]{8,}");

    private Unwrapping() {}

    /** The text and all that comes out of it within {@code layers} layers. */
    static Set<String> forms(String text, int layers) {
        Set<String> seen = new LinkedHashSet<>(List.of(text));
        List<String> outer = List.of(text);
        for (int i = 0; i < layers && !outer.isEmpty(); i++) {
            List<String> inner = new ArrayList<>();
            for (String each : outer) {
                for (String form : layer(each)) {
                    if (seen.add(form)) {
                        inner.add(form);
                    }
                }
            }
            outer = inner;
        }
        return seen;
    }

    private static List<String> layer(String text) {
        List<String> forms = new ArrayList<>();
        forms.add(URLDecoder.decode(
                BROKEN_PERCENT.matcher(text).replaceAll("%25").replace("+", "%2B"), StandardCharsets.UTF_8));
        forms.add(references(text));
        forms.add(Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('\u2011', '-')
                .replace('\u2010', '-'));
        forms.add(text.replace("\\\"", "\"").replace("\\\\", "\\"));
        forms.add(UNICODE.matcher(text)
                .replaceAll(unit ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(unit.group(1), 16)))));
        forms.add(BYTES.matcher(text)
                .replaceAll(bytes -> Matcher.quoteReplacement(new String(
                        HexFormat.of().parseHex(bytes.group().replace("\\x", "")), StandardCharsets.UTF_8))));
        Matcher runs = RUN.matcher(text);
        while (runs.find()) {
            for (int alignment = 0; alignment < 4; alignment++) {
                forms.add(base64(runs.group().substring(alignment)));
            }
        }
        return forms;
    }

    private static String references(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> {
                    int point = reference.group(1) != null
                            ? Integer.parseInt(reference.group(1), 16)
                            : Integer.parseInt(reference.group(2));
                    return Matcher.quoteReplacement(
                            Character.isValidCodePoint(point) ? Character.toString(point) : "?");
                })
                .replace("&commat;", "@")
                .replace("&period;", ".")
                .replace("&plus;", "+")
                .replace("&colon;", ":")
                .replace("&hyphen;", "-")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static String base64(String run) {
        String whole = run.length() % 4 == 1 ? run.substring(0, run.length() - 1) : run;
        byte[] bytes = Base64.getUrlDecoder().decode(whole.replace('+', '-').replace('/', '_'));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
