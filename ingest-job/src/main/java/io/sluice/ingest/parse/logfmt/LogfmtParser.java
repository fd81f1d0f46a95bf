package io.sluice.ingest.parse.logfmt;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.jsonlog.ApplicationMembers;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * logfmt, as Heroku, Grafana and Go's libraries write it: {@code key=value key="quoted value" flag}.
 *
 * <p>In {@code auto} a line is one if it begins with a pair and has a time, a level or a message among its keys.
 */
public final class LogfmtParser implements Recognizer {
    private final ZoneId zone;
    private final ParseLimits limits;

    /** @param zone for times without one */
    public LogfmtParser(ZoneId zone, ParseLimits limits) {
        this.zone = zone;
        this.limits = limits;
    }

    @Override
    public LogFormat format() {
        return LogFormat.LOGFMT;
    }

    @Override
    public String because() {
        return "pairs of key and value, with a time, a level or a message among them";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        Bytes clean = Clean.bytes(record);
        if (!beginsWithPair(clean)) {
            return false;
        }
        Map<String, Value> pairs = new Pairs(clean).read();
        if (pairs == null || !ApplicationMembers.isApplicationLog(pairs)) {
            return false;
        }
        if (pairs.size() > limits.maxFields()) {
            into.reject(Reason.TOO_MANY_FIELDS);
            return true;
        }
        into.event(ApplicationMembers.event(pairs, zone));
        return true;
    }

    /** Whether a key of plain letters and an equals sign stand in front. */
    private static boolean beginsWithPair(Bytes record) {
        for (int i = 0; i < record.length() && i < 64; i++) {
            byte b = record.at(i);
            if (b == '=') {
                return i > 0;
            }
            if (!isKey(b)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isKey(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'z'
                || b >= '0' && b <= '9'
                || b == '_'
                || b == '-'
                || b == '.'
                || b == '@';
    }

    /** One line being read. */
    private static final class Pairs {
        private final Bytes record;
        private int at;

        Pairs(Bytes record) {
            this.record = record;
        }

        /** The pairs, the first of a name; null if something is no pair. */
        @Nullable
        Map<String, Value> read() {
            Map<String, Value> pairs = new LinkedHashMap<>();
            while (at < record.length()) {
                byte b = record.at(at);
                if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
                    at++;
                    continue;
                }
                int from = at;
                while (at < record.length() && record.at(at) > ' ' && record.at(at) != '=') {
                    at++;
                }
                String key = record.slice(from, at).text();
                if (at < record.length() && record.at(at) == '=') {
                    at++;
                    String value = value();
                    if (value == null || key.isEmpty()) {
                        return null;
                    }
                    if (!value.isEmpty() && !value.equals("-")) {
                        pairs.putIfAbsent(key, new Value.Text(value));
                    }
                } else if (at == from) {
                    at++; // a byte that is no character of its own
                }
            }
            return pairs;
        }

        private @Nullable String value() {
            if (at < record.length() && record.at(at) == '"') {
                return quoted();
            }
            int from = at;
            while (at < record.length() && (record.at(at) > ' ' || record.at(at) < 0)) {
                at++;
            }
            return record.slice(from, at).text();
        }

        private @Nullable String quoted() {
            StringBuilder out = new StringBuilder();
            int plain = ++at;
            for (; at < record.length(); at++) {
                byte b = record.at(at);
                if (b == '"') {
                    return out.append(record.slice(plain, at++).text()).toString();
                }
                if (b == '\\' && at + 1 < record.length()) {
                    out.append(record.slice(plain, at++).text());
                    plain = at + 1;
                    switch (record.at(at)) {
                        case 'n' -> out.append('\n');
                        case 't' -> out.append('\t');
                        case 'r' -> {} // a line end of Windows is one of ours
                        default -> plain = at;
                    }
                }
            }
            return null;
        }
    }
}
