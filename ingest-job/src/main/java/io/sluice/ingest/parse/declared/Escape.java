package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.Utf8;
import io.sluice.ingest.parse.ncsa.Unescape;

/** How a server writes the bytes of a value that would spoil its line. */
public enum Escape {
    /** Not at all. */
    NONE {
        @Override
        String text(byte[] a, int from, int to) {
            return Utf8.text(a, from, to);
        }
    },
    /** {@code \xHH}, {@code \"}, {@code \n}: Apache, and nginx by default. */
    BACKSLASH {
        @Override
        String text(byte[] a, int from, int to) {
            return Unescape.text(a, from, to);
        }
    },
    /** As in a JSON string: nginx with {@code escape=json}. */
    JSON {
        @Override
        String text(byte[] a, int from, int to) {
            return JsonEscapes.text(a, from, to);
        }
    };

    /** The value that was written as {@code a[from, to)}, which has a backslash in it. */
    abstract String text(byte[] a, int from, int to);

    /** Whether a backslash takes the byte behind it along. */
    boolean hasBackslash() {
        return this != NONE;
    }
}
