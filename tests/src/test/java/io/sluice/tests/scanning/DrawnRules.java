package io.sluice.tests.scanning;

import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.detect.PatternReader;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Detectors by pattern, drawn by seed from the shapes of the shipped detectors: in turn one with a literal of three or
 * more characters that stands in each match, and one without. They are read from YAML, as anybody's are, so each has an
 * example that holds; the first twenty of five hundred are the twenty.
 */
final class DrawnRules {
    private static final long SEED = 20240110;
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String ALNUM = UPPER + "abcdefghijklmnopqrstuvwxyz" + DIGITS;

    private final Random random = new Random(SEED);

    private DrawnRules() {}

    /**
     * One rule.
     *
     * @param value what it finds
     * @param context a word that must stand near, empty if none must
     */
    record Rule(String name, String pattern, String value, String context) {
        /** A text in which it finds its value. */
        String text() {
            return "seen " + (context.isEmpty() ? "" : context + " ") + value + " there";
        }

        private String yaml() {
            String marked = text().replace(value, "{{" + value + "}}");
            return "  - name: " + name + "\n"
                    + "    category: client-information\n"
                    + "    because: Drawn for a measurement.\n"
                    + "    pattern: '" + pattern + "'\n"
                    + (context.isEmpty() ? "" : "    context: {words: [" + context + "], distance: 40}\n")
                    + "    examples: {found: ['" + marked + "'], left: ['nothing to see']}\n";
        }
    }

    /** The first {@code count} rules, always the same. */
    static List<Rule> first(int count) {
        DrawnRules draw = new DrawnRules();
        return IntStream.range(0, count)
                .mapToObj(i -> draw.rule("drawn-" + i, i % 2 == 0))
                .toList();
    }

    /** A file of detectors with these rules. */
    static String yaml(List<Rule> rules) {
        return rules.stream().map(Rule::yaml).collect(Collectors.joining("", "detectors:\n", ""));
    }

    /** What the reader makes of such a file. */
    static List<PatternDetector> detectors(String yaml) {
        PatternReader reader = new PatternReader().read("drawn.yaml", yaml);
        if (!reader.problems().isEmpty()) {
            throw new IllegalStateException(reader.problems().get(0).toString());
        }
        return reader.detectors();
    }

    private Rule rule(String name, boolean literal) {
        Shape shape = new Shape();
        String context = literal ? drawLiteral(shape) : drawOther(shape);
        return new Rule(name, shape.pattern.toString(), shape.value.toString(), context);
    }

    /** Shapes with a literal; none of them needs a word near it. */
    private String drawLiteral(Shape shape) {
        String word = word();
        String upper = word.toUpperCase(Locale.ROOT);
        switch (random.nextInt(6)) {
            case 0 -> // google-analytics-client
                shape.border()
                        .as(upper + "1\\.", upper + "1.")
                        .some("[0-9]", DIGITS, 1)
                        .as("\\.", ".")
                        .some("[0-9]", DIGITS, 6 + random.nextInt(5))
                        .as("\\.", ".")
                        .some("[0-9]", DIGITS, 10)
                        .border();
            case 1 -> // facebook-browser
                shape.border()
                        .as(word + "\\.", word + ".")
                        .some("[0-9]", DIGITS, 1)
                        .as("\\.", ".")
                        .some("[0-9]", DIGITS, 13)
                        .as("\\.", ".")
                        .orMore("[A-Za-z0-9_-]", ALNUM, 8);
            case 2 -> // provider-key, as ghp_
                shape.border().as(word + "_", word + "_").orMore("[A-Za-z0-9]", ALNUM, 16 + random.nextInt(24));
            case 3 -> // provider-key, as AKIA
                shape.border()
                        .as(upper, upper)
                        .some("[A-Z0-9]", UPPER + DIGITS, 16)
                        .border();
            case 4 -> { // secret, session
                String second = word();
                shape.as("(?i)\\b" + word + "[_-]?" + second + "[=:] ?", word + "_" + second + "=")
                        .orMore("[^\\s\"&;]", ALNUM, 6 + random.nextInt(10));
            }
            default -> // device-id
                shape.as("(?i)\\b" + word + "_id[=:]", word + "_id:")
                        .some("[0-9a-f]", HEX, 8)
                        .as("-", "-")
                        .some("[0-9a-f]", HEX, 4)
                        .as("-", "-")
                        .some("[0-9a-f]", HEX, 12)
                        .border();
        }
        return "";
    }

    /** Shapes without; gives the word that must stand near, or none. */
    private String drawOther(Shape shape) {
        int a = random.nextInt(4);
        int b = random.nextInt(4);
        shape.border();
        switch (random.nextInt(9)) {
            case 0 -> { // ca-passport
                shape.some("[A-Z]", UPPER, 1 + a).some("[0-9]", DIGITS, 5 + b).border();
                return word();
            }
            case 1 -> // on-driver-licence
                shape.some("[A-Z]", UPPER, 1)
                        .some("[0-9]", DIGITS, 3 + a)
                        .as("-", "-")
                        .some("[0-9]", DIGITS, 3 + b)
                        .as("-", "-")
                        .some("[0-9]", DIGITS, 5);
            case 2 -> { // us-itin, us-ssn
                String first = DIGITS.substring(a, a + 1);
                shape.as(first, first)
                        .some("[0-9]", DIGITS, 2)
                        .as("[- ]", "-")
                        .some("[0-9]", DIGITS, 2 + b)
                        .as("[- ]", "-")
                        .some("[0-9]", DIGITS, 4);
            }
            case 3 -> { // uk-nino
                shape.some("[A-CEGHJ-PR-TW-Z]", "ABCEGHJKLMNOPRSTWXYZ", 1 + a)
                        .as(" ?", " ")
                        .some("[0-9]", DIGITS, 2 + b)
                        .as(" ?", " ")
                        .some("[0-9]", DIGITS, 2)
                        .some("[A-D]", "ABCD", 1);
                shape.border();
                return word();
            }
            case 4 -> { // us-routing-number
                shape.some("[0-9]", DIGITS, 4 + a)
                        .as("-?", "-")
                        .some("[0-9]", DIGITS, 4 + b)
                        .as("-?", "")
                        .some("[0-9]", DIGITS, 1);
                shape.border();
                return word();
            }
            case 5 -> { // ca-transit-number
                shape.some("[0-9]", DIGITS, 5 + a)
                        .as("-", "-")
                        .some("[0-9]", DIGITS, 3 + b)
                        .as("(?:[- ][0-9]{5,12})?", "");
                shape.border();
                return word();
            }
            case 6 -> { // postal-code
                String first = UPPER.substring(a * 6, a * 6 + 3);
                shape.some("[" + first + "]", first, 1)
                        .some("[0-9]", DIGITS, 1)
                        .some("[A-Z]", UPPER, 1 + b)
                        .as("[ -]", " ")
                        .some("[0-9]", DIGITS, 1)
                        .some("[A-Z]", UPPER, 1)
                        .some("[0-9]", DIGITS, 1);
            }
            case 7 -> // mac
                shape.some("[0-9a-f]", HEX, 2)
                        .as(":", ":")
                        .some("[0-9a-f]", HEX, 2 + a)
                        .as(":", ":")
                        .some("[0-9a-f]", HEX, 2 + b)
                        .as(":", ":")
                        .some("[0-9a-f]", HEX, 2);
            default -> { // iban
                String country = UPPER.substring(a * 5, a * 5 + 2);
                shape.as(country, country)
                        .some("[0-9]", DIGITS, 2)
                        .some("[A-Z]", UPPER, 4)
                        .some("[0-9]", DIGITS, 10 + b);
            }
        }
        shape.border();
        return "";
    }

    private String word() {
        return IntStream.range(0, 3 + random.nextInt(6))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(26))))
                .collect(Collectors.joining());
    }

    /** A pattern and a value that it matches, put together side by side. */
    private final class Shape {
        private final StringBuilder pattern = new StringBuilder();
        private final StringBuilder value = new StringBuilder();

        Shape border() {
            pattern.append("\\b");
            return this;
        }

        Shape as(String inPattern, String inValue) {
            pattern.append(inPattern);
            value.append(inValue);
            return this;
        }

        Shape some(String set, String members, int count) {
            pattern.append(set).append('{').append(count).append('}');
            return drawn(members, count);
        }

        Shape orMore(String set, String members, int count) {
            pattern.append(set).append('{').append(count).append(",}");
            return drawn(members, count);
        }

        private Shape drawn(String members, int count) {
            for (int i = 0; i < count; i++) {
                value.append(members.charAt(random.nextInt(members.length())));
            }
            return this;
        }
    }
}
