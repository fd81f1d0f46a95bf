package io.sluice.redaction.consent;

import io.sluice.keys.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * By what a person can be told apart, in the one form under which choices, subject index and tokens know it.
 *
 * <p>Holds plaintext, so it prints its kind and length.
 *
 * @param kind what it is
 * @param value canonical: trimmed, Unicode NFC; addresses of mail and network in lower case
 */
public record Identifier(Kind kind, String value) {
    /** What an identifier is. */
    public enum Kind {
        USER,
        EMAIL,
        COOKIE,
        ADDRESS,
        SESSION;

        /** The name on the command line and within hashes. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> byLabel(String label) {
            for (Kind kind : values()) {
                if (kind.label().equals(label)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** The identifier in its canonical form. */
    public static Identifier of(Kind kind, String value) {
        String canonical = isPlain(value) ? value : Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
        return new Identifier(
                kind, kind == Kind.EMAIL || kind == Kind.ADDRESS ? canonical.toLowerCase(Locale.ROOT) : canonical);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** The bytes that are hashed: kind, a zero byte, value. */
    public byte[] bytes() {
        return (kind.label() + '\0' + value).getBytes(StandardCharsets.UTF_8);
    }

    /** The keyed hash under which the consent register knows it. */
    public GateKey gateKey(KeyedHash gate) {
        return GateKey.of(gate.hash(bytes()));
    }

    @Override
    public String toString() {
        return kind + "[" + value.length() + "]";
    }
}
