package io.sluice.redaction.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The table of all detectors that are shipped as code; those that are patterns are in {@code detectors/*.yaml}.
 *
 * <p>Their order does not matter (see {@link Findings}).
 */
public final class Detectors {
    /** The regions of the shipped policy. */
    public static final List<String> DEFAULT_REGIONS = List.of("CA", "US");

    /** The files of pattern detectors, beside this class in the jar; {@code redaction-rules/detectors} in the sources. */
    static final List<String> PATTERN_FILES = List.of("identity.yaml", "payment.yaml", "tracking.yaml");

    private Detectors() {}

    /** All shipped detectors, for Canada and the United States. */
    public static List<Detector> shipped() {
        return shipped(DEFAULT_REGIONS);
    }

    /**
     * All shipped detectors.
     *
     * @param regions the ISO 3166 codes of the regions whose national phone numbers are to be found
     */
    public static List<Detector> shipped(Collection<String> regions) {
        List<Detector> all = new ArrayList<>(inCode(regions));
        all.addAll(patterns());
        return List.copyOf(all);
    }

    /** The pattern detectors that are shipped, from the files beside this class. */
    static List<PatternDetector> patterns() {
        PatternReader reader = PatternReader.ofShipped();
        for (String file : PATTERN_FILES) {
            reader.read(file, resource(file));
        }
        if (!reader.problems().isEmpty()) {
            throw new IllegalStateException(
                    "A shipped detector is wrong: " + reader.problems().get(0));
        }
        return reader.detectors();
    }

    private static String resource(String file) {
        try (InputStream in = Detectors.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The file of detectors " + file + " is not in the jar; build it again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Detector> inCode(Collection<String> regions) {
        return List.of(
                new EmailDetector(),
                new Ipv4Detector(),
                new Ipv6Detector(),
                new MacDetector(),
                new PhoneDetector(regions),
                new CardDetector(),
                new IbanDetector(),
                new SinDetector(),
                new SsnDetector(),
                new JwtDetector(),
                new PrivateKeyDetector(),
                new ProviderKeyDetector(),
                new AuthorizationDetector(),
                new UrlCredentialDetector(),
                new SecretDetector(),
                new SessionDetector(),
                new DeviceIdDetector(),
                healthNumber(),
                new PostalCodeDetector(),
                bankAccount(),
                paymentReference(),
                new BirthDateDetector(),
                new PersonNameDetector(),
                new UserNameDetector());
    }

    /** Provincial health insurance numbers behind a word for them. */
    private static Detector healthNumber() {
        return new ContextNumberDetector(
                "health-number",
                DataCategory.HEALTH_NUMBER,
                40,
                true,
                " -",
                HealthCodes::isNumber,
                "health card",
                "health_card",
                "healthcard",
                "health number",
                "health_number",
                "healthnumber",
                "ohip",
                "hcn",
                "phn",
                "ramq",
                "medicare",
                "msp",
                "ahcip",
                "mcp number",
                "carte santé",
                "carte sante",
                "assurance maladie",
                "assurance-maladie",
                "health insurance",
                "health id");
    }

    /** Canadian bank accounts (transit and institution number; Payments Canada, rule A4) and American ones. */
    private static Detector bankAccount() {
        return new ContextNumberDetector(
                "bank-account",
                DataCategory.BANK_ACCOUNT,
                40,
                false,
                " -.",
                code -> code.length() >= 5 && code.length() <= 20,
                "bank account",
                "bank_account",
                "bankaccount",
                "account number",
                "account_number",
                "accountnumber",
                "account no",
                "account #",
                "acct no",
                "acct #",
                "acct number",
                "transit number",
                "transit no",
                "transit_number",
                "routing number",
                "routing_number",
                "routing no",
                "aba routing",
                "sort code",
                "direct deposit",
                "void cheque",
                "numéro de compte",
                "no de compte",
                "compte bancaire");
    }

    /** References of Interac e-Transfers and similar payments. */
    private static Detector paymentReference() {
        return new ContextNumberDetector(
                "payment-reference",
                DataCategory.PAYMENT_REFERENCE,
                48,
                true,
                "-",
                code -> code.length() >= 8
                        && code.length() <= 32
                        && code.chars().anyMatch(Character::isDigit),
                "interac",
                "e-transfer",
                "etransfer",
                "e_transfer",
                "virement",
                "payment reference",
                "payment_reference",
                "payment ref",
                "transaction reference",
                "reference number",
                "reference no",
                "confirmation number",
                "confirmation code");
    }
}
