package io.sluice.redaction.url;

import io.sluice.redaction.address.IpAddress;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host of an authority as browsers read it (WHATWG URL Standard, section 3.5): percent-decoded, in ASCII form, and
 * where its last label is a number an IPv4 address in whatever spelling ({@code 0x7f.1}, {@code 2130706433}).
 *
 * <p>Names in other scripts go through IDNA 2003 behind NFKC, as far as the JDK has it; what that refuses and a browser
 * takes is null here, so it counts as a host that cannot be read.
 */
final class Host {
    private static final AsciiSet FORBIDDEN = AsciiSet.of(" #/:<>?@[\\]^|%");
    /** What IDNA 2003 writes as something else and browsers do not. */
    private static final String DEVIATING = "\u00DF\u03C2\u200C\u200D";

    private static final int LONGEST = 1024;

    private Host() {}

    /** The host, or null if a browser would refuse the authority. */
    static @Nullable String of(String authority) {
        String bare = authority.substring(authority.lastIndexOf('@') + 1);
        int bracket = bare.startsWith("[") ? bare.indexOf(']') : -1;
        int colon = bare.indexOf(':', Math.max(bracket, 0));
        if (colon >= 0 && !isPort(bare, colon + 1)) {
            return null;
        }
        String host = colon < 0 ? bare : bare.substring(0, colon);
        if (host.isEmpty() || host.length() > LONGEST) {
            return null;
        }
        if (host.startsWith("[")) {
            return bracket == host.length() - 1 ? bracketed(host.substring(1, bracket)) : null;
        }
        return named(host);
    }

    private static boolean isPort(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + c - '0';
            if (port > 65_535) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String bracketed(String text) {
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        IpAddress address = IpAddress.parse(text);
        return address == null ? null : "[" + (address.isV4() ? "::ffff:" : "") + address.canonical() + "]";
    }

    private static @Nullable String named(String host) {
        String name = ascii(PercentCoding.decode(host));
        if (name == null || name.isEmpty()) {
            return null;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= 0x20 || c >= 0x7F || FORBIDDEN.has(c)) {
                return null;
            }
        }
        if (!endsInNumber(name)) {
            return name;
        }
        IpAddress address = IpAddress.parseLoose(name);
        return address == null ? null : address.canonical();
    }

    private static @Nullable String ascii(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean punycode = lower.startsWith("xn--") || lower.contains(".xn--");
        if (!punycode && isAscii(lower)) {
            return lower;
        }
        if (lower.chars().anyMatch(c -> DEVIATING.indexOf(c) >= 0)) {
            return null;
        }
        try {
            String normal = Normalizer.normalize(lower.replace("\u00AD", ""), Normalizer.Form.NFKC);
            String ascii = IDN.toASCII(normal.replace('\u3002', '.'), IDN.ALLOW_UNASSIGNED);
            // A label that says it is Punycode and is not stays as it is: browsers refuse it.
            boolean broken =
                    punycode && IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED).equals(ascii);
            return broken ? null : ascii.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether the last label is a number, so that the whole has to be an address. */
    private static boolean endsInNumber(String name) {
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        String last = name.substring(name.lastIndexOf('.', end - 1) + 1, end);
        boolean hex = last.length() >= 2 && last.charAt(0) == '0' && (last.charAt(1) | 0x20) == 'x';
        for (int i = hex ? 2 : 0; i < last.length(); i++) {
            if (Character.digit(last.charAt(i), hex ? 16 : 10) < 0) {
                return false;
            }
        }
        return !last.isEmpty();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
