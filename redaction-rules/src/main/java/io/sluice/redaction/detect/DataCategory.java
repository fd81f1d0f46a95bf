package io.sluice.redaction.detect;

import java.util.Locale;

/**
 * What kind of personal data a finding is; the closed list of the {@code detect} contract.
 *
 * <p>The order is also a rank: of two findings of the same length over the same text, the one whose category stands
 * first here wins (see {@link Findings}).
 */
public enum DataCategory {
    /** Passwords, keys, bearer tokens, JWTs: what opens something. */
    CREDENTIAL(true),
    /** Cookie values and session ids. */
    SESSION(true),
    /** Payment card numbers. */
    CARD(false),
    IBAN(false),
    /** Bank account, transit and routing numbers. */
    BANK_ACCOUNT(false),
    /** Interac and other payment references. */
    PAYMENT_REFERENCE(false),
    /** Provincial health insurance numbers. */
    HEALTH_NUMBER(false),
    /** Social insurance and social security numbers. */
    NATIONAL_ID(false),
    EMAIL(false),
    /** IPv4 and IPv6 addresses. */
    IP(false),
    MAC(false),
    PHONE(false),
    BIRTH_DATE(false),
    POSTAL_CODE(false),
    /** Names of people, user and login names. */
    PERSON_NAME(false),
    /** Identifiers of a device, an installation or a browser. */
    DEVICE_ID(false),
    /** What belongs to a practice's clients, and what could not be looked into: the strictest class. */
    CLIENT_INFORMATION(false);

    private final String label;
    private final String placeholder;
    private final boolean secret;

    DataCategory(boolean secret) {
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.placeholder = "<" + label + ">";
        this.secret = secret;
    }

    /** The name in output, policies and detectors, such as {@code person-name}. */
    public String label() {
        return label;
    }

    /** What stands in a text in place of a finding, such as {@code <person-name>}; never found again. */
    public String placeholder() {
        return placeholder;
    }

    /**
     * Whether its plaintext may go nowhere, not even sealed into the vault (clause {@code secrets}): credentials are
     * cut out, session ids remain only as tokens.
     */
    public boolean isSecret() {
        return secret;
    }

    /** The category with this label, or null if there is none. */
    public static @org.jspecify.annotations.Nullable DataCategory of(String label) {
        for (DataCategory category : values()) {
            if (category.label.equals(label)) {
                return category;
            }
        }
        return null;
    }
}
