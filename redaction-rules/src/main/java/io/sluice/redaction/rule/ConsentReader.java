package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentDecision;
import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.consent.Signals.Signal;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the section {@code purposes}: when a purpose is open, and what closes it. */
final class ConsentReader {
    private static final String PRODUCT_CHOICE = "product-choice";

    private final Problems problems;
    private final PolicyParts parts;

    ConsentReader(Problems problems, PolicyParts parts) {
        this.problems = problems;
        this.parts = parts;
    }

    void readPurpose(String name, YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("default", "closedIn", "closes"));
        YamlValue standard = members.get("default");
        String open = standard == null ? "closed" : standard.text();
        if (!open.equals("open") && !open.equals("closed")) {
            problems.addUnknown(
                    standard == null ? at : standard,
                    "default is open (until refused) or closed (until granted)",
                    open,
                    List.of("open", "closed"));
        }
        ConsentDecision refused = ConsentDecision.OPEN;
        Map<Signal, ConsentDecision> signals = new EnumMap<>(Signal.class);
        if (members.containsKey("closes")) {
            for (Map.Entry<String, YamlValue> close :
                    members.get("closes").members().entrySet()) {
                ConsentDecision effect = effect(close.getValue());
                if (close.getKey().equals(PRODUCT_CHOICE)) {
                    refused = effect;
                } else {
                    readSignal(close.getKey(), close.getValue(), effect, signals);
                }
            }
        }
        Set<String> closedIn = members.containsKey("closedIn") ? places(members.get("closedIn")) : Set.of();
        parts.purposes.put(name, new ConsentRule(new Purpose(name), open.equals("open"), closedIn, refused, signals));
    }

    /** Countries (ISO 3166-1) and regions of them (ISO 3166-2). */
    private Set<String> places(YamlValue at) {
        Set<String> places = new HashSet<>();
        for (YamlValue item : at.items()) {
            String place = item.text();
            String country = place.length() > 3 && place.charAt(2) == '-' ? place.substring(0, 2) : place;
            if (!place.matches("[A-Z]{2}(-[A-Z0-9]{1,3})?") || !isCountry(country)) {
                problems.add(item, place + " is no country or region, such as CA or CA-QC");
            }
            places.add(place);
        }
        return places;
    }

    static boolean isCountry(String code) {
        return Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(code);
    }

    private void readSignal(String name, YamlValue at, ConsentDecision effect, Map<Signal, ConsentDecision> into) {
        List<String> labels = Arrays.stream(Signal.values()).map(Signal::label).collect(Collectors.toList());
        for (Signal signal : Signal.values()) {
            if (signal.label().equals(name)) {
                into.put(signal, effect);
                return;
            }
        }
        labels.add(PRODUCT_CHOICE);
        problems.addUnknown(at, "unknown signal " + name, name, labels);
    }

    private ConsentDecision effect(YamlValue at) {
        return switch (at.text()) {
            case "drop" -> ConsentDecision.CLOSED;
            case "anonymize" -> ConsentDecision.ANONYMIZED;
            default -> {
                problems.addUnknown(at, "the effect is drop or anonymize", at.text(), List.of("drop", "anonymize"));
                yield ConsentDecision.CLOSED;
            }
        };
    }
}
