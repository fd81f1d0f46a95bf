package io.sluice.redaction.detect;

/** The check digits and number ranges of identifiers, over strings of digits without separators. */
public final class Checksums {
    private Checksums() {}

    /** Whether the Luhn sum holds (ISO/IEC 7812-1, annex B); false for an empty text or one with another character. */
    public static boolean luhn(CharSequence digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            char c = digits.charAt(i);
            if (!Chars.isDigit(c)) {
                return false;
            }
            int digit = c - '0';
            if (twice) {
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
            twice = !twice;
        }
        return digits.length() > 0 && sum % 10 == 0;
    }

    /** Whether the remainder by 97 is 1 after moving four characters to the end (ISO 13616, ISO 7064 MOD 97-10). */
    public static boolean mod97(CharSequence iban) {
        int length = iban.length();
        if (length < 5) {
            return false;
        }
        int remainder = 0;
        for (int i = 0; i < length; i++) {
            char c = iban.charAt((i + 4) % length);
            if (Chars.isDigit(c)) {
                remainder = (remainder * 10 + c - '0') % 97;
            } else if (Chars.isLetter(c)) {
                remainder = (remainder * 100 + (c | 0x20) - 'a' + 10) % 97;
            } else {
                return false;
            }
        }
        return remainder == 1;
    }

    /**
     * Whether nine digits are a Canadian social insurance number: Luhn, a first digit that is assigned (not 0 or 8;
     * Employment and Social Development Canada), and not one digit nine times.
     */
    public static boolean sin(CharSequence digits) {
        return digits.length() == 9
                && digits.charAt(0) != '0'
                && digits.charAt(0) != '8'
                && !isRepeated(digits)
                && luhn(digits);
    }

    /**
     * Whether nine digits may be a US social security number: no part is zero, the area is not 666 or 900 to 999 (SSA,
     * POMS RM 10201.035), and it is none of the numbers printed as samples.
     */
    public static boolean ssn(CharSequence digits) {
        if (digits.length() != 9) {
            return false;
        }
        int number = 0;
        for (int i = 0; i < 9; i++) {
            if (!Chars.isDigit(digits.charAt(i))) {
                return false;
            }
            number = number * 10 + digits.charAt(i) - '0';
        }
        int area = number / 1_000_000;
        return area != 0
                && area != 666
                && area < 900
                && number / 10_000 % 100 != 0
                && number % 10_000 != 0
                && number != 78_051_120
                && number != 219_099_999
                && number != 123_456_789;
    }

    /** Whether nine digits are an American routing number (ABA: weights 3, 7, 1). */
    public static boolean aba(CharSequence digits) {
        if (digits.length() != 9 || "0123678".indexOf(digits.charAt(0)) < 0) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            if (!Chars.isDigit(digits.charAt(i))) {
                return false;
            }
            sum += (digits.charAt(i) - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
        }
        return sum > 0 && sum % 10 == 0;
    }

    /** Whether the digits are a payment card: Luhn, and a length that goes with the issuer's range. */
    public static boolean card(CharSequence digits) {
        return isIssued(digits) && !isRepeated(digits) && luhn(digits);
    }

    /** The issuers' ranges of ISO/IEC 7812 as the networks publish them. */
    private static boolean isIssued(CharSequence digits) {
        int length = digits.length();
        if (length < 12 || length > 19) {
            return false;
        }
        int six = 0;
        for (int i = 0; i < 6; i++) {
            six = six * 10 + digits.charAt(i) - '0';
        }
        int four = six / 100;
        int two = six / 10_000;
        return switch (digits.charAt(0)) {
            case '1' -> length == 15; // UATP
            case '2' ->
                (four >= 2221 && four <= 2720 || four >= 2200 && four <= 2204) && length >= 16; // Mastercard, Mir
            case '3' -> isDinersAmexOrJcb(four, two, length);
            case '4' -> length == 13 || length == 16 || length == 18 || length == 19; // Visa
            case '5' -> two >= 51 && two <= 55 ? length == 16 : two != 59 || length >= 16; // Mastercard, Maestro
            case '6' -> true; // Discover, UnionPay, Maestro, RuPay
            case '8' -> two == 81 && length >= 16; // UnionPay
            case '9' -> four >= 9792 && four <= 9792 && length == 16; // Troy
            default -> false;
        };
    }

    private static boolean isDinersAmexOrJcb(int four, int two, int length) {
        if (two == 34 || two == 37) {
            return length == 15;
        }
        if (four >= 3528 && four <= 3589) {
            return length >= 16;
        }
        boolean diners = two == 36 || two == 38 || two == 39 || (four / 10 >= 300 && four / 10 <= 305) || four == 3095;
        return diners && length >= 14;
    }

    private static boolean isRepeated(CharSequence digits) {
        for (int i = 1; i < digits.length(); i++) {
            if (digits.charAt(i) != digits.charAt(0)) {
                return false;
            }
        }
        return true;
    }
}
