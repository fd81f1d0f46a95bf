package io.sluice.ingest.parse.declared;

/** Which bytes a value may hold: what keeps a value from running over the next one. */
public enum ByteClass {
    ANY {
        @Override
        boolean has(int b) {
            return true;
        }
    },
    /** No white space. */
    WORD {
        @Override
        boolean has(int b) {
            return b > ' ';
        }
    },
    /** No white space, no slash, no question mark: a host or a port. */
    HOST {
        @Override
        boolean has(int b) {
            return b > ' ' && b != '/' && b != '?';
        }
    },
    /** The slash with which a path begins. */
    SLASH {
        @Override
        boolean has(int b) {
            return b == '/';
        }
    },
    /** The question mark before the arguments. */
    QUESTION_MARK {
        @Override
        boolean has(int b) {
            return b == '?';
        }
    },
    /** A number, or a dash for none. */
    DIGITS {
        @Override
        boolean has(int b) {
            return (b >= '0' && b <= '9') || b == '-';
        }
    },
    /** A number with a point. */
    DECIMAL {
        @Override
        boolean has(int b) {
            return (b >= '0' && b <= '9') || b == '-' || b == '.';
        }
    },
    LETTERS {
        @Override
        boolean has(int b) {
            return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
        }
    };

    private final boolean[] table = new boolean[256];

    ByteClass() {
        for (int b = 0; b < 256; b++) {
            table[b] = has(b);
        }
    }

    /** Whether the byte, from 0 to 255, is one of them. */
    abstract boolean has(int b);

    boolean holds(byte b) {
        return table[b & 0xFF];
    }

    /** Whether no byte is in both. */
    boolean isApartFrom(ByteClass other) {
        for (int b = 0; b < 256; b++) {
            if (table[b] && other.table[b]) {
                return false;
            }
        }
        return true;
    }
}
