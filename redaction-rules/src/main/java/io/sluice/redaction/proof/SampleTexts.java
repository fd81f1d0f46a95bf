package io.sluice.redaction.proof;

import io.sluice.redaction.detect.PatternDefinition;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.RuleExample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts on which the laws are tried, by where they come from: all examples, and invented personal data of each kind. */
final class SampleTexts {
    /** Invented: documentation addresses and domains, published test numbers, no key of anything. */
    private static final List<String> PERSONAL = List.of(
            "write to jane.doe+x@example.com today",
            "peer 192.0.2.7:8080 closed",
            "peer [2001:db8::7]:443 closed",
            "call +1 416-555-0123 now",
            "card 4111 1111 1111 1111 declined",
            "IBAN GB82 WEST 1234 5698 7654 32",
            "SIN 046 454 286 on file",
            "mac 00:00:5e:00:53:01 seen",
            "password=hunter2-planted&x=1",
            "Authorization: Bearer abcdefghijklmnopqrstuvwxyz012345",
            "sessionid=0123456789abcdef0123456789abcdef",
            "device 0190d1c4-aaaa-7bbb-8ccc-000000000001 paired",
            "date of birth: 1980-01-31",
            "name=Jane Doe, plan=pro");

    private SampleTexts() {}

    /** Texts that hold personal data, by their origin. */
    static Map<String, String> personal(RedactionPolicy policy) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String text : PERSONAL) {
            texts.put("invented text " + (texts.size() + 1), text);
        }
        for (PatternDefinition definition : definitions(policy)) {
            for (PatternDefinition.Example example : definition.found()) {
                texts.put(definition.file() + ":" + example.line(), plain(example));
            }
        }
        Map<String, String> encoded = new LinkedHashMap<>();
        texts.forEach((origin, text) -> {
            encoded.put(origin, text);
            encoded.put(origin + " in percent encoding", percent(text));
            encoded.put(
                    origin + " in base64",
                    "x=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        });
        return encoded;
    }

    /** Those, and all examples besides. */
    static Map<String, String> all(RedactionPolicy policy) {
        Map<String, String> texts = personal(policy);
        for (PatternDefinition definition : definitions(policy)) {
            for (PatternDefinition.Example example : definition.left()) {
                texts.put(definition.file() + ":" + example.line(), example.text());
            }
        }
        for (FieldRule rule : policy.fields()) {
            for (RuleExample example : rule.examples()) {
                if (example.value() instanceof Value.Text text) {
                    texts.put(example.place().toString(), text.text());
                }
            }
        }
        return texts;
    }

    /** Texts of 64 KiB that make a careless detector slow, by what they are made of. */
    static Map<String, String> hostile(RedactionPolicy policy, int length) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String part : List.of(
                "a.a.a@",
                "a@",
                "1",
                "1 ",
                "12-",
                "1.",
                "1:",
                "::",
                "%40%40",
                "%2540",
                "\\u0040",
                "&#64;",
                "QUFB",
                "eyJ",
                "name=",
                "Jane ",
                "password=",
                "Bearer ",
                "+1 416 ",
                "tok_a_",
                "-----BEGIN ",
                "/",
                " ",
                "ａ",
                "é")) {
            texts.put("the text \"" + part + "\" repeated", repeated(part, length));
        }
        for (PatternDefinition definition : definitions(policy)) {
            List<String> parts = new ArrayList<>(definition.words());
            for (PatternDefinition.Example example : definition.found()) {
                String text = plain(example);
                parts.add(text);
                parts.add(text.substring(0, text.length() / 2 + 1));
            }
            for (int i = 0; i < parts.size(); i++) {
                texts.put("part " + (i + 1) + " of " + definition.name(), repeated(parts.get(i) + " ", length));
                texts.put(
                        "part " + (i + 1) + " of " + definition.name() + ", closed up", repeated(parts.get(i), length));
            }
        }
        return texts;
    }

    private static List<PatternDefinition> definitions(RedactionPolicy policy) {
        return policy.detectors().stream()
                .filter(PatternDetector.class::isInstance)
                .map(detector -> ((PatternDetector) detector).definition())
                .toList();
    }

    private static String plain(PatternDefinition.Example example) {
        return example.text().replace("{{", "").replace("}}", "");
    }

    private static String repeated(String part, int length) {
        return part.repeat(length / part.length() + 1).substring(0, length);
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", b));
        }
        return encoded.toString();
    }
}
