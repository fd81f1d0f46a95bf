package io.sluice.ingest.parse.apm;

import io.sluice.redaction.event.Value;

/** What a member of the intake must be. */
enum Form {
    /** Text of at most 1,024 characters, such as an id. */
    KEYWORD {
        @Override
        boolean holds(Value value) {
            return value instanceof Value.Text text
                    && text.text().codePointCount(0, text.text().length()) <= LONGEST;
        }
    },
    /** Text of any length. */
    TEXT {
        @Override
        boolean holds(Value value) {
            return value instanceof Value.Text;
        }
    },
    /** A whole number. */
    WHOLE {
        @Override
        boolean holds(Value value) {
            return value instanceof Value.Whole;
        }
    },
    /** Any number. */
    NUMBER {
        @Override
        boolean holds(Value value) {
            return value instanceof Value.Whole || value instanceof Value.Decimal;
        }
    },
    /** A number that is not below zero. */
    DURATION {
        @Override
        boolean holds(Value value) {
            return value instanceof Value.Whole whole && whole.number() >= 0
                    || value instanceof Value.Decimal decimal && decimal.number() >= 0;
        }
    },
    /** A text or a whole number, such as a user's id. */
    KEYWORD_OR_WHOLE {
        @Override
        boolean holds(Value value) {
            return KEYWORD.holds(value) || WHOLE.holds(value);
        }
    },
    OBJECT {
        @Override
        boolean holds(Value value) {
            return value instanceof Value.Members;
        }
    };

    private static final int LONGEST = 1024;

    /** Whether a value is such a one. */
    abstract boolean holds(Value value);
}
