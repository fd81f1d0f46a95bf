package io.sluice.redaction.detect;

/**
 * Finds MAC addresses (IEEE 802, EUI-48): six pairs with colons or hyphens, or three fours with dots as Cisco prints
 * them. All zeros and all ones (broadcast) belong to no device.
 */
final class MacDetector implements Detector {
    @Override
    public String name() {
        return "mac";
    }

    @Override
    public DataCategory category() {
        return DataCategory.MAC;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("**:**:**:", "**-**-**-", "****.****.****");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        boolean cisco = text.at(at + 4) == '.';
        char separator = cisco ? '.' : text.at(at + 2);
        int group = cisco ? 4 : 2;
        char before = text.at(at - 1);
        int end = at + (cisco ? 14 : 17);
        if (Chars.isWord(before) || (before == separator && Chars.isWord(text.at(at - 2)))) {
            return;
        }
        int zeros = 0;
        int ones = 0;
        for (int i = at; i < end; i++) {
            char c = text.at(i);
            boolean between = (i - at) % (group + 1) == group;
            if (between ? c != separator : !Chars.isHex(c)) {
                return;
            }
            zeros += !between && c == '0' ? 1 : 0;
            ones += !between && (c | 0x20) == 'f' ? 1 : 0;
        }
        char after = text.at(end);
        if (Chars.isWord(after) || (after == separator && Chars.isHex(text.at(end + 1)))) {
            return;
        }
        if (zeros < 12 && ones < 12) {
            into.found(at, end);
        }
    }
}
