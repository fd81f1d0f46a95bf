package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the shipped detectors find in texts that others wrote, against the bars of the project. */
@Tag("corpora")
class DetectorsCorpusTest {
    private static final boolean VERBOSE = Boolean.getBoolean("sluice.corpora.verbose");
    private static final TextScanner SHIPPED = TextScanner.of(Detectors.shipped());

    /** Recall and precision, and the cases that miss. */
    private static final class Score {
        private final String name;
        private final Map<String, int[]> byType = new TreeMap<>();

        Score(String name) {
            this.name = name;
        }

        void count(String type, boolean good, String what) {
            int[] counts = byType.computeIfAbsent(type, t -> new int[2]);
            counts[1]++;
            counts[0] += good ? 1 : 0;
            if (!good && VERBOSE) {
                System.out.println("  " + name + " " + type + " misses " + what);
            }
        }

        double share(String type) {
            int[] counts = byType.getOrDefault(type, new int[] {0, 0});
            return counts[1] == 0 ? 1 : (double) counts[0] / counts[1];
        }

        int cases(String type) {
            return byType.getOrDefault(type, new int[2])[1];
        }

        double share() {
            int good = byType.values().stream().mapToInt(counts -> counts[0]).sum();
            int all = byType.values().stream().mapToInt(counts -> counts[1]).sum();
            return all == 0 ? 1 : (double) good / all;
        }

        void print() {
            byType.forEach((type, counts) ->
                    System.out.printf(Locale.ROOT, "%-28s %-18s %5d of %5d%n", name, type, counts[0], counts[1]));
        }
    }

    private static boolean covers(List<Finding> findings, int start, int end, Set<DataCategory> categories) {
        int covered = start;
        for (Finding finding : findings) {
            if (categories.contains(finding.category()) && finding.start() <= covered && finding.end() > covered) {
                covered = finding.end();
            }
        }
        return covered >= end;
    }

    private static final Set<DataCategory> ANY = EnumSet.allOf(DataCategory.class);

    @Test
    void everyAddressOfRealApplicationLogsIsCovered() {
        Score score = new Score("applog-pii-crowdsec");
        for (JsonNode row : Corpora.lines("applog-pii-crowdsec/labelled.jsonl")) {
            String message = row.get("message").asText();
            List<Finding> findings = SHIPPED.scan(message);
            for (JsonNode pii : row.get("pii")) {
                String value = pii.get("value").asText();
                boolean left = false;
                for (int at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
                    left |= !covers(findings, at, at + value.length(), ANY) && isWhole(message, at, value);
                }
                score.count(pii.get("type").asText(), !left && message.contains(value), value + " in " + message);
            }
        }
        score.print();
        assertEquals(1, score.share("IP_ADDRESS"));
        assertEquals(1, score.share("EMAIL_ADDRESS"));
    }

    /** A short login inside a longer word is not the login. */
    private static boolean isWhole(String message, int at, String value) {
        int end = at + value.length();
        return (at == 0 || !Character.isLetterOrDigit(message.charAt(at - 1)))
                && (end == message.length() || !Character.isLetterOrDigit(message.charAt(end)));
    }

    private static final Map<String, Set<DataCategory>> RESEARCH = Map.of(
            "EMAIL_ADDRESS", EnumSet.of(DataCategory.EMAIL),
            "IP_ADDRESS", EnumSet.of(DataCategory.IP),
            "CREDIT_CARD", EnumSet.of(DataCategory.CARD),
            "IBAN_CODE", EnumSet.of(DataCategory.IBAN),
            "US_SSN", EnumSet.of(DataCategory.NATIONAL_ID),
            "PHONE_NUMBER", EnumSet.of(DataCategory.PHONE));

    private static final List<String> RESEARCH_REGIONS = List.of(
            "US", "CA", "GB", "AU", "NZ", "DE", "FR", "NL", "BE", "AT", "CH", "IT", "ES", "PT", "DK", "SE", "NO", "FI",
            "PL", "CZ", "SI", "HU", "IS", "BR", "ZA", "UY", "TN", "CY", "GL", "EE");

    @Test
    void freeTextWithTheCorpusRegions() throws IOException {
        freeText("presidio-research", TextScanner.of(Detectors.shipped(RESEARCH_REGIONS)), 0.80);
    }

    @Test
    void freeTextWithCanadaAndTheUnitedStates() throws IOException {
        freeText("presidio-research CA US", SHIPPED, 0);
    }

    private static void freeText(String name, TextScanner scanner, double phone) throws IOException {
        Score recall = new Score(name + " recall");
        Score precision = new Score(name + " prec");
        Score north = new Score(name + " NANP");
        for (String file : List.of("generated_large.json", "generated_small.json")) {
            for (JsonNode row : Corpora.json(Corpora.path("pii-text-presidio-research/" + file))) {
                String text = row.get("full_text").asText();
                List<Finding> findings = Finding.inCodePoints(scanner.scan(text), text);
                for (JsonNode span : row.get("spans")) {
                    Set<DataCategory> categories =
                            RESEARCH.get(span.get("entity_type").asText());
                    String value = span.get("entity_value").asText();
                    String digits = value.replaceAll("[^0-9]", "");
                    boolean invalid = span.get("entity_type").asText().equals("CREDIT_CARD") && !Checksums.luhn(digits);
                    if (categories != null && !invalid) {
                        boolean covered = covers(
                                findings,
                                span.get("start_position").asInt(),
                                span.get("end_position").asInt(),
                                ANY);
                        recall.count(span.get("entity_type").asText(), covered, value + " in " + text);
                        if (value.matches("(\\+?1[-. ]|001-)?\\(?[0-9]{3}\\)?[-. ]?[0-9]{3}[-.][0-9]{4}(x[0-9]+)?")) {
                            north.count("with separators", covered, value + " in " + text);
                        }
                    }
                }
                for (Finding finding : findings) {
                    boolean structured = RESEARCH.values().stream().anyMatch(c -> c.contains(finding.category()));
                    if (structured) {
                        judge(row, text, finding, precision);
                    }
                }
            }
        }
        recall.print();
        north.print();
        precision.print();
        for (String type : RESEARCH.keySet()) {
            if (!type.equals("PHONE_NUMBER")) {
                assertEquals(1, recall.share(type), type);
            }
        }
        assertTrue(recall.share("PHONE_NUMBER") >= phone);
        assertEquals(1, north.share());
        assertTrue(precision.share() >= 0.97, () -> "precision " + precision.share());
    }

    /** A finding over a span of its own type is good, over one of another labelled type it is not counted. */
    private static void judge(JsonNode row, String text, Finding finding, Score precision) {
        boolean other = false;
        for (JsonNode span : row.get("spans")) {
            int start = span.get("start_position").asInt();
            int end = span.get("end_position").asInt();
            if (finding.start() < end && start < finding.end()) {
                Set<DataCategory> categories =
                        RESEARCH.get(span.get("entity_type").asText());
                if (categories != null && categories.contains(finding.category())) {
                    precision.count(finding.category().label(), true, "");
                    return;
                }
                other = true;
            }
        }
        if (!other) {
            precision.count(finding.category().label(), false, finding + " in " + text);
        }
    }

    private static final Map<String, DataCategory> RECOGNIZERS = Map.of(
            "EMAIL_ADDRESS", DataCategory.EMAIL,
            "IP_ADDRESS", DataCategory.IP,
            "CREDIT_CARD", DataCategory.CARD,
            "PHONE_NUMBER", DataCategory.PHONE,
            "US_SSN", DataCategory.NATIONAL_ID,
            "CA_SIN", DataCategory.NATIONAL_ID,
            "MAC_ADDRESS", DataCategory.MAC);

    @Test
    void recognizersOfPresidio() {
        TextScanner scanner =
                TextScanner.of(Detectors.shipped(List.of("US", "CA", "GB", "DE", "FR", "IL", "IN", "CN", "JP", "BR")));
        Score recall = new Score("presidio-recognizers recall");
        Score precision = new Score("presidio-recognizers prec");
        for (JsonNode row : Corpora.lines("pii-recognizers-presidio/vectors.jsonl")) {
            DataCategory category = RECOGNIZERS.get(row.get("entity").asText());
            if (category == null) {
                continue;
            }
            String text = row.get("text").asText();
            List<Finding> found = scanner.scan(text).stream()
                    .filter(finding -> finding.category() == category)
                    .toList();
            String what = row.get("entity").asText();
            int expected = row.get("expected_count").asInt();
            JsonNode spans = row.get("spans");
            for (int i = 0; i < expected; i++) {
                boolean good;
                if (spans == null || spans.isNull()) {
                    good = found.size() >= expected;
                } else {
                    good = covers(
                            found,
                            spans.get(i).get(0).asInt(),
                            spans.get(i).get(1).asInt(),
                            EnumSet.of(category));
                }
                recall.count(what, good, text + " got " + found);
            }
            for (int i = 0; i < found.size(); i++) {
                precision.count(what, i < expected, text + " got " + found);
            }
        }
        recall.print();
        precision.print();
        assertTrue(recall.share() >= 0.99, () -> "recall " + recall.share());
        assertTrue(precision.share() >= 0.97, () -> "precision " + precision.share());
    }

    @Test
    void addressesThatAreValidAreWhollyFound() throws IOException {
        Score valid = new Score("email-isemail");
        String xml = Files.readString(Corpora.path("email-isemail/tests.xml"));
        for (String test : xml.split("<test ")) {
            if (!test.contains("<address>")) {
                continue;
            }
            String address = text(test, "address");
            String category = text(test, "category");
            if (category.equals("ISEMAIL_VALID_CATEGORY")
                    || (category.equals("ISEMAIL_RFC5321") && !address.startsWith("\""))) {
                String line = "login of " + address + " failed";
                valid.count(
                        category,
                        covers(SHIPPED.scan(line), 9, 9 + address.length(), EnumSet.of(DataCategory.EMAIL)),
                        address);
            } else if (category.equals("ISEMAIL_RFC5321") || category.equals("ISEMAIL_DNSWARN")) {
                String line = "login of " + address + " failed";
                valid.count(category + " other", covers(SHIPPED.scan(line), 9, 9 + address.length(), ANY), address);
            }
        }
        valid.print();
        assertEquals(1, valid.share("ISEMAIL_VALID_CATEGORY"));
        assertEquals(1, valid.share("ISEMAIL_RFC5321"));
    }

    private static String text(String xml, String tag) {
        int start = xml.indexOf("<" + tag + ">");
        int end = xml.indexOf("</" + tag + ">");
        return start < 0 || end < 0
                ? ""
                : xml.substring(start + tag.length() + 2, end)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&");
    }

    @Test
    void examplesOfLibphonenumber() {
        Score score = new Score("phone-libphonenumber");
        Map<String, TextScanner> byRegion = new HashMap<>();
        for (JsonNode row : Corpora.lines("phone-libphonenumber/example_numbers.jsonl")) {
            String region = row.get("region").asText();
            boolean place = region.length() == 2 && Character.isLetter(region.charAt(0));
            for (String form : List.of("e164", "international_spaced")) {
                String number = row.get(form).asText();
                String line = "SMS to " + number + " sent";
                score.count(
                        form, covers(SHIPPED.scan(line), 7, 7 + number.length(), EnumSet.of(DataCategory.PHONE)), line);
            }
            if (!place) {
                continue; // 001 and the like are services of the world, in international form only
            }
            String national = row.get("national").asText();
            String line = "SMS to " + national + " sent";
            TextScanner scanner = byRegion.computeIfAbsent(region, r -> TextScanner.of(Detectors.shipped(List.of(r))));
            score.count("national", covers(scanner.scan(line), 7, 7 + national.length(), ANY), region + " " + line);
        }
        for (JsonNode row : Corpora.lines("phone-libphonenumber/matcher.jsonl")) {
            String text = row.get("text").asText();
            TextScanner scanner = byRegion.computeIfAbsent(
                    row.get("region").asText(), r -> TextScanner.of(Detectors.shipped(List.of(r))));
            boolean found = scanner.scan(text).stream().anyMatch(f -> f.category() == DataCategory.PHONE);
            String matched = row.get("class").asText();
            boolean not = matched.startsWith("IMPOSSIBLE") || matched.startsWith("POSSIBLE");
            score.count(not ? "not numbers" : "matcher", not != found, row.get("region") + " " + text);
        }
        score.print();
        assertTrue(score.share("e164") >= 0.99);
        assertTrue(score.share("international_spaced") >= 0.99);
        assertTrue(score.share("national") >= 0.95);
        assertTrue(score.share("not numbers") >= 0.9);
    }

    @Test
    void spellingsOfCommonRegex() {
        Map<String, Set<DataCategory>> kinds = Map.of(
                "Phones", EnumSet.of(DataCategory.PHONE),
                "PhonesWithExts", EnumSet.of(DataCategory.PHONE),
                "Emails", EnumSet.of(DataCategory.EMAIL),
                "IPs", EnumSet.of(DataCategory.IP),
                "IPv6s", EnumSet.of(DataCategory.IP),
                "CreditCards", EnumSet.of(DataCategory.CARD),
                "SSN", EnumSet.of(DataCategory.NATIONAL_ID));
        Score score = new Score("pii-commonregex");
        Score notOne = new Score("pii-commonregex none");
        for (JsonNode row : Corpora.lines("pii-commonregex/vectors.jsonl")) {
            String kind = row.get("kind").asText();
            Set<DataCategory> categories = kinds.get(kind);
            String text = row.get("text").asText();
            if (categories != null && row.get("match").asBoolean()) {
                score.count(kind, covers(SHIPPED.scan(text), 0, text.length(), categories), text);
            } else if (categories != null) {
                notOne.count(kind, !covers(SHIPPED.scan(text), 0, text.length(), categories), text);
            }
        }
        score.print();
        notOne.print();
        Map<String, Integer> cases = Map.of("Emails", 3, "IPs", 3, "IPv6s", 7, "CreditCards", 4);
        cases.forEach((kind, number) -> {
            assertEquals(number, score.cases(kind), kind);
            assertEquals(1, score.share(kind), kind);
        });
        assertEquals(1, score.share("PhonesWithExts"));
        assertEquals(1, score.share("SSN"));
        assertTrue(score.share("Phones") >= 0.75); // without area code, or with one that begins with 1, it is none
        assertEquals(1, notOne.share());
    }

    @Test
    void naughtyStringsNeverThrowAndSettle() {
        int count = 0;
        for (JsonNode naughty : Corpora.json(Corpora.path("hostile-blns/blns.json"))) {
            String clean = SHIPPED.replace(naughty.asText());
            assertEquals(clean, SHIPPED.replace(clean));
            count++;
        }
        System.out.println("hostile-blns                 " + count + " strings");
        assertTrue(count > 400);
    }

    @Test
    void fewWordsOfApplicationMessagesAreReplaced() throws IOException {
        int words = 0;
        int replaced = 0;
        Map<String, Integer> by = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> list = Files.list(Corpora.path("applog-beats"))) {
            files = list.filter(file -> file.toString().endsWith("-expected.json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            for (JsonNode event : Corpora.json(file)) {
                String message = event.path("message").asText("");
                List<String> labelled = new ArrayList<>();
                event.fields().forEachRemaining(field -> {
                    String name = field.getKey();
                    if (name.contains("ip")
                            || name.contains("address")
                            || name.contains("user")
                            || name.contains("email")
                            || name.contains("mac")
                            || name.contains("related")) {
                        field.getValue().forEach(each -> labelled.add(each.asText()));
                        labelled.add(field.getValue().asText());
                    }
                });
                List<Finding> findings = SHIPPED.scan(message);
                for (int[] word : words(message)) {
                    words++;
                    for (Finding finding : findings) {
                        String value = message.substring(finding.start(), finding.end());
                        if (finding.start() < word[1] && word[0] < finding.end() && !labelled.contains(value)) {
                            replaced++;
                            by.merge(finding.detector(), 1, Integer::sum);
                            if (VERBOSE) {
                                System.out.println("  beats " + finding.detector() + " " + value + " in "
                                        + message.substring(0, Math.min(200, message.length())));
                            }
                            break;
                        }
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "applog-beats                 %d of %d words replaced outside labels %s%n",
                replaced,
                words,
                by);
        assertTrue(replaced <= 0.02 * words);
    }

    private static List<int[]> words(String text) {
        List<int[]> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || Character.isWhitespace(text.charAt(i));
            if (!space && start < 0) {
                start = i;
            } else if (space && start >= 0) {
                words.add(new int[] {start, i});
                start = -1;
            }
        }
        return words;
    }
}
