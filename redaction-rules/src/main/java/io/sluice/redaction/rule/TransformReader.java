package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Encrypt;
import io.sluice.redaction.transform.Keep;
import io.sluice.redaction.transform.Language;
import io.sluice.redaction.transform.Listed;
import io.sluice.redaction.transform.Mask;
import io.sluice.redaction.transform.NumberRange;
import io.sluice.redaction.transform.PathTemplate;
import io.sluice.redaction.transform.QueryParameters;
import io.sluice.redaction.transform.Scan;
import io.sluice.redaction.transform.Site;
import io.sluice.redaction.transform.TimeTo;
import io.sluice.redaction.transform.Tokenize;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.TruncateIp;
import io.sluice.redaction.transform.Visitor;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a treatment: {@code keep}, or {@code {tokenize: ip}}. The list of transforms that a policy can name. */
final class TransformReader {
    private static final List<String> NAMES = List.of(
            "keep",
            "drop",
            "hour",
            "day",
            "listed",
            "number",
            "mask",
            "truncate-ip",
            "tokenize",
            "encrypt",
            "scan",
            "site",
            "language",
            "template",
            "parameters",
            "visitor");

    private final Problems problems;

    TransformReader(Problems problems) {
        this.problems = problems;
    }

    /** The treatment, or empty for {@code drop} and for what is reported as a problem. */
    Optional<Transform> read(YamlValue at) {
        if (at.isScalar()) {
            return plain(at, at.text());
        }
        Map<String, YamlValue> members = at.members();
        if (members.size() != 1) {
            problems.add(at, "a treatment is one name, such as keep or {tokenize: ip}");
            return Optional.empty();
        }
        Map.Entry<String, YamlValue> only = members.entrySet().iterator().next();
        return withOptions(at, only.getKey(), only.getValue());
    }

    private Optional<Transform> plain(YamlValue at, String name) {
        return switch (name) {
            case "drop" -> Optional.empty();
            case "keep" -> Optional.of(new Keep());
            case "hour" -> Optional.of(TimeTo.HOUR);
            case "day" -> Optional.of(TimeTo.DAY);
            case "scan" -> Optional.of(new Scan());
            case "site" -> Optional.of(new Site());
            case "language" -> Optional.of(new Language());
            case "template" -> Optional.of(new PathTemplate());
            case "parameters" -> Optional.of(new QueryParameters());
            // Which datasets it is made in is known when the whole policy has been read.
            case "visitor" -> Optional.of(new Visitor(Set.of(), Set.of()));
            default -> {
                if (NAMES.contains(name)) {
                    problems.add(at, "the treatment " + name + " needs options");
                } else {
                    problems.addUnknown(at, "unknown treatment " + name, name, NAMES);
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<Transform> withOptions(YamlValue at, String name, YamlValue options) {
        return switch (name) {
            case "listed" -> Optional.of(listed(options));
            case "number" -> number(options);
            case "mask" -> mask(options);
            case "truncate-ip" -> truncateIp(options);
            case "tokenize" -> tokenize(options);
            case "encrypt" -> encrypt(options);
            default -> {
                if (NAMES.contains(name)) {
                    problems.add(at, "the treatment " + name + " takes no options");
                } else {
                    problems.addUnknown(at, "unknown treatment " + name, name, NAMES);
                }
                yield Optional.empty();
            }
        };
    }

    private Transform listed(YamlValue options) {
        if (!options.isMap()) {
            return new Listed(new LinkedHashSet<>(options.texts()), null);
        }
        Map<String, YamlValue> members = options.members(Set.of("values", "otherwise"));
        YamlValue values = members.get("values");
        YamlValue otherwise = members.get("otherwise");
        if (values == null) {
            problems.add(options, "listed needs values");
        }
        return new Listed(
                values == null ? Set.of() : new LinkedHashSet<>(values.texts()),
                otherwise == null ? null : otherwise.text());
    }

    private Optional<Transform> number(YamlValue options) {
        Map<String, YamlValue> members = options.members(Set.of("min", "max"));
        YamlValue max = members.get("max");
        if (max == null) {
            problems.add(options, "number needs max, so that an account number in its place is dropped");
            return Optional.empty();
        }
        YamlValue min = members.get("min");
        return Optional.of(new NumberRange(min == null ? 0 : min.number(0), max.number(0)));
    }

    private Optional<Transform> mask(YamlValue options) {
        Map<String, YamlValue> members = options.members(Set.of("first", "last"));
        return Optional.of(new Mask(small(members.get("first"), 8), small(members.get("last"), 8)));
    }

    private Optional<Transform> truncateIp(YamlValue options) {
        Map<String, YamlValue> members = options.members(Set.of("v4", "v6"));
        return Optional.of(new TruncateIp(small(members.get("v4"), 24), small(members.get("v6"), 56)));
    }

    private int small(@org.jspecify.annotations.Nullable YamlValue at, int most) {
        if (at == null) {
            return 0;
        }
        long number = at.number(0);
        if (number < 0 || number > most) {
            problems.add(at, "a number from 0 to " + most + " is needed here");
            return 0;
        }
        return (int) number;
    }

    private Optional<Transform> tokenize(YamlValue options) {
        String type = options.text();
        if (!type.matches("[a-z]{2,16}")) {
            problems.add(options, "the type of a token is 2 to 16 lower-case letters, such as ip");
            return Optional.empty();
        }
        return Optional.of(new Tokenize(type));
    }

    private Optional<Transform> encrypt(YamlValue options) {
        Map<String, YamlValue> members = options.members(Set.of("field", "operations"));
        YamlValue operations = members.get("operations");
        if (operations == null) {
            problems.add(options, "encrypt needs operations: those for which the value is needed");
            return Optional.empty();
        }
        YamlValue field = members.get("field");
        return Optional.of(new Encrypt(
                FieldPath.of(field == null ? "event.action" : field.text()), new LinkedHashSet<>(operations.texts())));
    }
}
