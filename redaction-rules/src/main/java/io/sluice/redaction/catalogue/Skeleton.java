package io.sluice.redaction.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Beginnings of policies, rules and detectors, with the places to fill in; what is not filled in does not load. */
public final class Skeleton {
    private static final String FILL_IN = "FILL-IN";

    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^[A-Za-z]");

    private Skeleton() {}

    /** A policy that adds to a shipped one and so far says nothing else. */
    public static String policy(String id, String base) {
        return """
                # What this policy says beside the one that it extends. Check it with `sluice rules lint --policy policy.yaml`.
                policy: %s
                extends: %s
                """
                .formatted(id, base);
    }

    /** A file with one detector. */
    public static String detector(String name) {
        return """
                # A detector by pattern. Fill in, then `sluice rules lint`; `sluice rules test` tries its examples and more.
                detectors:
                  - name: %s
                    # What kind of data it is, one word of: email ip mac phone card iban bank-account payment-reference
                    # national-id health-number postal-code birth-date person-name credential session device-id
                    # client-information.
                    category: %s
                    because: %s
                    # RE2's syntax: no look-around, no back-references. \\b is a word's border.
                    pattern: '%s'
                    # Optional: words of which one must stand within so many characters of the value.
                    # context: {words: [member], distance: 40}
                    # Optional: a check that the value must pass, such as luhn.
                    # validator: luhn
                    examples:
                      found:
                        - 'what is to be found stands between {{ and }}: {{%s}}'
                      left:
                        - '%s'
                """
                .formatted(name, FILL_IN, FILL_IN, FILL_IN, FILL_IN, "a text in which nothing is to be found");
    }

    /** One rule, as an element of {@code fields}. */
    public static String rule(String field) {
        return """
                  - field: "%s"
                    # The clause of the notice that it keeps, and why it is so.
                    clause: %s
                    because: %s
                    owner: %s
                    # One treatment a route: keep, {listed: [a, b]}, {number: {max: 100}}, {tokenize: thing}, scan, ...
                    # A route that is not named drops the field.
                    routes:
                      analytics: {listed: [%s]}
                    # A value and what leaves of it; a route that is not named gets nothing. One for kept, one for dropped.
                    examples:
                      - {value: %s, analytics: %s}
                      - {value: something else}
                """
                .formatted(field, FILL_IN, FILL_IN, FILL_IN, FILL_IN, FILL_IN, FILL_IN);
    }

    /** The policy with one more rule in its section {@code fields}. */
    public static String withRule(String policy, String rule) {
        return withElement(policy, "fields", rule);
    }

    /** The policy with one more file in its section {@code detectors}. */
    public static String withDetectors(String policy, String file) {
        return withElement(policy, "detectors", "  - " + file + "\n");
    }

    /** @throws IllegalArgumentException if the section is written in one line, where nothing can be added */
    private static String withElement(String policy, String section, String element) {
        String text = policy.endsWith("\n") ? policy : policy + "\n";
        Matcher head = Pattern.compile("(?m)^" + section + ":(.*)\n").matcher(text);
        if (!head.find()) {
            return text + "\n" + section + ":\n" + element;
        }
        String rest = head.group(1).replaceFirst("#.*", "").trim();
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "the section " + section + " stands in one line; write each element in a line of its own");
        }
        Matcher next = TOP_LEVEL.matcher(text);
        int end = next.find(head.end()) ? next.start() : text.length();
        return text.substring(0, end) + element + text.substring(end);
    }
}
