package io.sluice.ingest.parse.declared;

import java.nio.charset.StandardCharsets;

/** How a server writes the bytes of a value, from its documents and sources; shares nothing with what reads them. */
enum ServerEscape {
    /**
     * Apache's mod_log_config: a quote and a backslash behind a backslash, C's names for five controls, {@code \xhh} in
     * lower case for all else that is not printable ASCII.
     */
    APACHE("-") {
        @Override
        String of(int b) {
            return switch (b) {
                case '"', '\\' -> "\\" + (char) b;
                case '\b' -> "\\b";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                case '\t' -> "\\t";
                case 0x0B -> "\\v";
                default -> b < ' ' || b > '~' ? String.format("\\x%02x", b) : plain(b);
            };
        }
    },
    /** nginx by default: {@code \xHH} in upper case for a quote, a backslash, and what is below 32 or above 126. */
    NGINX("-") {
        @Override
        String of(int b) {
            return b == '"' || b == '\\' || b < ' ' || b > '~' ? String.format("\\x%02X", b) : plain(b);
        }
    },
    /** nginx with {@code escape=json}: what RFC 8259 forbids in a string, and nothing else; what is absent is empty. */
    NGINX_JSON("") {
        @Override
        String of(int b) {
            return switch (b) {
                case '"', '\\' -> "\\" + (char) b;
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                case '\t' -> "\\t";
                case '\b' -> "\\b";
                case '\f' -> "\\f";
                default -> b < ' ' ? String.format("\\u%04X", b) : plain(b);
            };
        }
    },
    /** nginx with {@code escape=none}. */
    NGINX_NONE("") {
        @Override
        String of(int b) {
            return plain(b);
        }
    };

    /** What stands for a value that is absent. */
    private final String absent;

    ServerEscape(String absent) {
        this.absent = absent;
    }

    /** One byte as it is logged, a character for each byte. */
    abstract String of(int b);

    private static String plain(int b) {
        return String.valueOf((char) b);
    }

    String absent() {
        return absent;
    }

    boolean isNginx() {
        return this != APACHE;
    }

    /** A value as it is logged, a character for each byte. */
    String written(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            out.append(of(b & 0xFF));
        }
        return out.toString();
    }
}
