package io.sluice.redaction.url;

/** Some of the 128 ASCII characters, asked for each character of a URL: a bit each. */
record AsciiSet(long low, long high) {
    static AsciiSet of(String characters) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c < 64) {
                low |= 1L << c;
            } else {
                high |= 1L << c - 64;
            }
        }
        return new AsciiSet(low, high);
    }

    /** Whether a character below 128 is one of them. */
    boolean has(char c) {
        return ((c < 64 ? low : high) & 1L << c) != 0;
    }
}
