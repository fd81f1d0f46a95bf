package io.sluice.redaction.detect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A check by name that a pattern's match must pass, over its letters and digits without what stands between. */
public enum Validator {
    LUHN {
        @Override
        boolean holds(String code) {
            return Checksums.luhn(code);
        }
    },
    MOD97 {
        @Override
        boolean holds(String code) {
            return Checksums.mod97(code);
        }
    },
    SIN {
        @Override
        boolean holds(String code) {
            return Checksums.sin(code);
        }
    },
    SSN {
        @Override
        boolean holds(String code) {
            return Checksums.ssn(code);
        }
    },
    ABA {
        @Override
        boolean holds(String code) {
            return Checksums.aba(code);
        }
    },
    CARD {
        @Override
        boolean holds(String code) {
            return code.chars().allMatch(c -> Chars.isDigit((char) c)) && Checksums.card(code);
        }
    };

    abstract boolean holds(String code);

    /** Whether the check holds for what was matched. */
    public boolean test(String matched) {
        StringBuilder code = new StringBuilder(matched.length());
        for (int i = 0; i < matched.length(); i++) {
            if (Chars.isAlnum(matched.charAt(i))) {
                code.append(matched.charAt(i));
            }
        }
        return holds(code.toString());
    }

    /** The name in a detector's file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The validator with this name, or null. */
    public static @Nullable Validator of(String label) {
        for (Validator validator : values()) {
            if (validator.label().equals(label)) {
                return validator;
            }
        }
        return null;
    }
}
