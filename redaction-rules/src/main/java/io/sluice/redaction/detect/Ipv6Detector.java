package io.sluice.redaction.detect;

/**
 * Finds IPv6 addresses in every spelling of RFC 4291, section 2.2 (full, compressed, with an embedded IPv4 address),
 * in brackets, with a zone (RFC 4007) or with a port behind, also without brackets ({@code ::1:37752}).
 *
 * <p>{@code ::} alone is found only where something says that it is an address: a prefix length behind it, an equals
 * sign or a word such as {@code ipv6} before it. Times ({@code 10:32:04.009}), hardware addresses, key fingerprints and
 * scoped names ({@code std::vector}) are none.
 */
final class Ipv6Detector implements Detector {
    private static final Words UNSPECIFIED = Words.of("ipv6", "ip", "address", "addr", "unspecified", "host", "listen");
    private static final int GROUPS = 8;
    private static final int LONGEST_LABEL = 32;

    @Override
    public String name() {
        return "ipv6";
    }

    @Override
    public DataCategory category() {
        return DataCategory.IP;
    }

    @Override
    public Triggers triggers() {
        return Triggers.characters(":");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        char next = text.at(at + 1);
        if (next != ':' && !Chars.isHex(next)) {
            return;
        }
        int start = at;
        while (start > into.floor() && Chars.isHex(text.at(start - 1))) {
            start--;
        }
        int end = at;
        int colons = 0;
        while (Chars.isHex(text.at(end)) || text.at(end) == ':' || isInnerDot(text, end)) {
            colons += text.at(end) == ':' ? 1 : 0;
            end++;
        }
        into.looked(end);
        if (colons >= 2) {
            find(text, start, end, into);
        }
    }

    private static boolean isInnerDot(Text text, int i) {
        return text.at(i) == '.' && Chars.isDigit(text.at(i + 1)) && Chars.isDigit(text.at(i - 1));
    }

    /** Looks for an address at the token's beginning, then behind a label. */
    private static void find(Text text, int start, int end, Findings into) {
        int from = start;
        if (!isInside(text, start)) {
            from += text.at(from) == ':' && (text.at(from + 1) != ':' || text.at(from + 2) == ':') ? 1 : 0;
            if (report(text, from, end, into)) {
                return;
            }
        }
        int label = behindLabel(text, start, end);
        if (label > 0) {
            report(text, label, end, into);
        }
    }

    private static boolean isInside(Text text, int start) {
        char before = text.at(start - 1);
        return Chars.isWord(before) || before == '_' || (before == '.' && Chars.isWord(text.at(start - 2)));
    }

    /** Behind a label's colon, as in {@code client:::1} or {@code addr:2001:db8::1}; a label holds no digit. Or -1. */
    private static int behindLabel(Text text, int start, int end) {
        int colon = start;
        while (colon < end && text.at(colon) != ':') {
            if (!Chars.isLetter(text.at(colon))) {
                return -1;
            }
            colon++;
        }
        for (int i = start - 1; i > start - LONGEST_LABEL && Chars.isWord(text.at(i)); i--) {
            if (Chars.isDigit(text.at(i))) {
                return -1;
            }
        }
        char next = text.at(colon + 1);
        boolean single = next != ':' || text.at(colon + 2) == ':';
        return colon < end && single && (colon > start || isInside(text, start)) ? colon + 1 : -1;
    }

    private static boolean report(Text text, int from, int end, Findings into) {
        int found = addressEnd(text, from, end);
        if (found < 0 || !isAddress(text, from, found)) {
            return false;
        }
        int zone = zoneEnd(text, from, found);
        into.found(from, zone > found ? zone : Ipv4Detector.prefixEnd(text, found));
        return true;
    }

    /** The end of the longest address that begins at {@code from}, or -1. */
    private static int addressEnd(Text text, int from, int end) {
        int groups = 0;
        boolean compressed = false;
        int i = from;
        int good = -1;
        while (i < end && groups < GROUPS) {
            if (text.at(i) == ':') {
                if (compressed || text.at(i + 1) != ':') {
                    break;
                }
                compressed = true;
                i += 2;
                good = groups < GROUPS - 1 ? i : good;
                if (text.at(i) == ':') {
                    return -1;
                }
                continue;
            }
            int group = i;
            while (Chars.isHex(text.at(group))) {
                group++;
            }
            if (text.at(group) == '.' && isInnerDot(text, group)) {
                int v4 = Ipv4Detector.end(text, i);
                boolean fits = v4 > 0 && (compressed ? groups <= GROUPS - 2 : groups == GROUPS - 2);
                return fits && !(text.at(v4) == '.' && Chars.isDigit(text.at(v4 + 1))) ? v4 : -1;
            }
            if (group - i > 4 || group == i) {
                break;
            }
            groups++;
            i = group;
            good = compressed || groups == GROUPS ? i : good;
            if (text.at(i) == ':' && text.at(i + 1) != ':') {
                i++;
            } else if (text.at(i) != ':') {
                break;
            }
        }
        return good > 0 && isEnd(text, good, end) ? good : -1;
    }

    /** What follows is no more of the address: a port at most. */
    private static boolean isEnd(Text text, int good, int end) {
        char after = text.at(good);
        if (after == ':') {
            int i = good + 1;
            while (Chars.isDigit(text.at(i)) && i - good <= 5) {
                i++;
            }
            return i == good + 1 ? !(text.at(i) == ':') : i == end || (i == end - 1 && text.at(i) == ':');
        }
        return !Chars.isWord(after);
    }

    private static boolean isAddress(Text text, int from, int found) {
        int pairs = 0;
        int groups = 0;
        int digits = 0;
        int hex = 0;
        int length = 0;
        for (int i = from; i <= found; i++) {
            char c = i < found ? text.at(i) : ':';
            if (Chars.isHex(c)) {
                length++;
                hex++;
                digits += Chars.isDigit(c) ? 1 : 0;
            } else if (c == ':') {
                groups += length > 0 ? 1 : 0;
                pairs += length == 2 ? 1 : 0;
                length = 0;
            }
        }
        if (hex == 0) {
            return isUnspecified(text, from, found);
        }
        // A fingerprint continues in pairs; a scoped name such as Cafe::Bad has no digit.
        boolean fingerprint = pairs == GROUPS && text.at(found) == ':';
        return !fingerprint && (digits > 0 || groups >= 3);
    }

    private static boolean isUnspecified(Text text, int from, int found) {
        if (text.at(found) == '/' && Chars.isDigit(text.at(found + 1))) {
            return true;
        }
        char before = text.at(from - 1);
        return before == '='
                || (before == '[' && text.at(found) == ']')
                || (before == ' ' && UNSPECIFIED.endsAt(text, from - 1));
    }

    /** The end with a zone such as {@code %eth0}; link-local addresses alone have one. */
    private static int zoneEnd(Text text, int from, int found) {
        if (text.at(found) != '%' || (text.at(from) | 0x20) != 'f' || (text.at(from + 1) | 0x20) != 'e') {
            return found;
        }
        int i = found + 1;
        while (Chars.isAlnum(text.at(i)) || text.at(i) == '.' || text.at(i) == '_' || text.at(i) == '-') {
            i++;
        }
        while (i > found + 1 && !Chars.isAlnum(text.at(i - 1))) {
            i--;
        }
        return i > found + 1 ? i : found;
    }
}
