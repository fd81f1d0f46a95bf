package io.sluice.redaction.proof;

import io.sluice.keys.KeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Redactor;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The laws that every policy must hold, whatever it lists. */
final class Laws {
    private static final long RECEIVED_AT =
            Instant.parse("2024-01-10T12:00:00Z").toEpochMilli();
    private static final int ORDERS = 5;
    private static final int NAMES = 500;
    private static final int HOSTILE_LENGTH = 64 * 1024;
    private static final int TRIES = 5;

    private final RedactionPolicy policy;
    private final TextScanner scanner;
    private final Redactor redactor;
    private final Random random;

    Laws(RedactionPolicy policy, KeyStore keys, TextScanner scanner, Random random) {
        this.policy = policy;
        this.scanner = scanner;
        this.redactor = new Redactor(policy, keys, scanner);
        this.random = random;
    }

    List<LawResult> all(long hostileMillis) {
        return List.of(secondRun(), survivors(), order(), unlisted(), hostile(hostileMillis));
    }

    private LawResult secondRun() {
        List<String> broken = new ArrayList<>();
        Map<String, String> texts = SampleTexts.all(policy);
        texts.forEach((origin, text) -> {
            String once = scanner.replace(text);
            if (!scanner.replace(once).equals(once)) {
                broken.add(origin);
            }
        });
        return new LawResult("a second run over clean text changes nothing", texts.size(), broken);
    }

    /** Personal data in the place of each field: nothing that leaves may have a finding left in it. */
    private LawResult survivors() {
        List<String> broken = new ArrayList<>();
        int checked = 0;
        Map<String, String> texts = SampleTexts.personal(policy);
        for (FieldRule rule : policy.fields()) {
            if (isSetBySluice(rule.field())) {
                continue;
            }
            FieldPath field = FieldPath.of(rule.field().name().replace("*", "x"));
            for (Map.Entry<String, String> text : texts.entrySet()) {
                for (Route route : policy.routes().values()) {
                    checked++;
                    Event event = new Event().set(field, new Value.Text(text.getValue()));
                    if (leaks(event, route)) {
                        broken.add(rule.place() + ": " + field + " on the route " + route + ", with " + text.getKey());
                    }
                }
            }
        }
        return new LawResult("no finding survives in any field", checked, broken);
    }

    /** What is looked up or computed is nobody's word, and the time is none. */
    private static boolean isSetBySluice(FieldPath field) {
        return Fields.SET_BY_SLUICE.contains(field)
                || field.equals(Fields.TIMESTAMP)
                || field.equals(Fields.VISITOR_ID);
    }

    private boolean leaks(Event event, Route route) {
        Redacted redacted = redact(event, route, Form.FULL);
        for (int i = 0; i < redacted.size(); i++) {
            if (scanner.hasFinding(redacted.value(i).plain())) {
                return true;
            }
        }
        return false;
    }

    private LawResult order() {
        List<String> broken = new ArrayList<>();
        Map<String, String> texts = SampleTexts.all(policy);
        List<Detector> detectors = new ArrayList<>(scanner.detectors());
        for (int i = 0; i < ORDERS; i++) {
            Collections.shuffle(detectors, random);
            TextScanner shuffled = TextScanner.of(detectors);
            texts.forEach((origin, text) -> {
                if (!shuffled.scan(text).equals(scanner.scan(text))) {
                    broken.add(origin);
                }
            });
        }
        return new LawResult("the order of the detectors is irrelevant", ORDERS * texts.size(), broken);
    }

    private LawResult unlisted() {
        List<String> broken = new ArrayList<>();
        Event event = new Event();
        for (String name : names()) {
            FieldPath field = FieldPath.of(name);
            if (policy.rule(field) == null) {
                event.set(field, new Value.Text("planted"));
            }
        }
        for (Route route : policy.routes().values()) {
            for (Form form : Form.values()) {
                Redacted redacted = redact(event, route, form);
                for (int i = 0; i < redacted.size(); i++) {
                    boolean planted = redacted.value(i).plain().contains("planted");
                    if (planted) {
                        broken.add(redacted.path(i) + " on the route " + route + ", " + form.label());
                    }
                }
            }
        }
        return new LawResult("what nobody listed is dropped", event.size(), broken);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(
                "props",
                "props.",
                "visitor.id",
                "source.ip ",
                "Source.IP",
                "url.path.x",
                "@timestamp.x",
                ".",
                "*",
                ""));
        for (FieldRule rule : policy.fields()) {
            names.add(rule.field().name() + "x");
            names.add("x" + rule.field().name());
            names.add(rule.field().name() + ".x");
        }
        while (names.size() < NAMES) {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i <= random.nextInt(4); i++) {
                name.append(i == 0 ? "" : ".");
                for (int j = 0; j <= random.nextInt(8); j++) {
                    name.append((char) ('a' + random.nextInt(26)));
                }
            }
            names.add(name.toString());
        }
        return names;
    }

    private Redacted redact(Event event, Route route, Form form) {
        Dataset dataset = policy.datasets().values().iterator().next();
        Scanned scanned = redactor.scan(event, dataset, RECEIVED_AT);
        return redactor.redact(scanned, route, form);
    }

    /** The best of some tries, in processor time, so that a busy machine condemns nobody. */
    private LawResult hostile(long millis) {
        List<String> broken = new ArrayList<>();
        Map<String, String> texts = SampleTexts.hostile(policy, HOSTILE_LENGTH);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        texts.forEach((origin, text) -> {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIES && best > millis * 1_000_000; i++) {
                long before = threads.getCurrentThreadCpuTime();
                int found = scanner.scan(text).size();
                long took = threads.getCurrentThreadCpuTime() - before;
                best = found < 0 ? best : Math.min(best, took);
            }
            if (best > millis * 1_000_000) {
                broken.add(origin + ": " + best / 1_000_000 + " ms");
            }
        });
        return new LawResult("a hostile text of 64 KiB takes at most " + millis + " ms", texts.size(), broken);
    }
}
