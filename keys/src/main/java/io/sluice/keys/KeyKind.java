package io.sluice.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a key is for; its names begin with the kind's and go on, behind a dot, with purpose, route or time. */
public enum KeyKind {
    GATE("gate", "looking up recorded choices; as long as they count"),
    EVENT_IDS("event-ids", "event.id of a route; as long as its topic is read"),
    TOKENS("tokens", "tokens of a purpose for one quarter") {
        @Override
        Optional<Instant> ends(String name, KeySchedule schedule) {
            return Optional.of(schedule.epochEnds(Epoch.parse(last(name))));
        }
    },
    VISITOR_DAY("visitor-day", "visitor.id without user id or cookie on one day") {
        @Override
        Optional<Instant> ends(String name, KeySchedule schedule) {
            return Optional.of(schedule.visitorDayEnds(LocalDate.parse(last(name))));
        }
    },
    SUBJECT_DAY("subject-day", "finding a subject's events of one day") {
        @Override
        Optional<Instant> ends(String name, KeySchedule schedule) {
            return Optional.of(schedule.subjectDayEnds(LocalDate.parse(last(name))));
        }
    },
    BLIND_INDEX("blind-index", "finding an identifier's blocks in the vault; as long as there is a vault"),
    ENCRYPTION("encryption", "reading what was encrypted for a purpose; as long as it is kept"),
    BUCKET("bucket", "opening one hour of the vault") {
        @Override
        Optional<Instant> ends(String name, KeySchedule schedule) {
            return Optional.of(schedule.bucketEnds(Bucket.parse(last(name))));
        }
    };

    private static final Pattern PART = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final String prefix;
    private final String neededBy;

    KeyKind(String prefix, String neededBy) {
        this.prefix = prefix;
        this.neededBy = neededBy;
    }

    /** What needs such a key, in a few words. */
    public String neededBy() {
        return neededBy;
    }

    /** When the key of that name is destroyed; empty if that is not a matter of time, or the name none of ours. */
    static Optional<Instant> endOf(String name, KeySchedule schedule) {
        try {
            return of(name).flatMap(kind -> kind.ends(name, schedule));
        } catch (DateTimeException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    Optional<Instant> ends(String name, KeySchedule schedule) {
        return Optional.empty();
    }

    /** The name of a key of this kind. */
    String key(String... parts) {
        StringBuilder name = new StringBuilder(prefix);
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("a purpose or route is named with a-z, 0-9 and -, not: " + part);
            }
            name.append('.').append(part);
        }
        return name.toString();
    }

    /** The name of a bucket's key, which holds an upper-case letter. */
    static String key(Bucket bucket) {
        return BUCKET.prefix + '.' + bucket.name();
    }

    /** The kind of the key of that name, or empty if it is none of ours. */
    static Optional<KeyKind> of(String name) {
        int dot = name.indexOf('.');
        String prefix = dot < 0 ? name : name.substring(0, dot);
        for (KeyKind kind : values()) {
            if (kind.prefix.equals(prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
