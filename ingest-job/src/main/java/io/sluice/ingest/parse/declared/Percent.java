package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.Utf8;
import java.nio.charset.StandardCharsets;

/** Undoes percent-encoding (RFC 3986 section 2.1); a percent sign without two digits stays. */
final class Percent {
    private Percent() {}

    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            out[length++] = low < 0 ? in[i] : (byte) (high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return Utf8.text(out, 0, length);
    }
}
