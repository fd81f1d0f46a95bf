package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpLiteralTest {
    @Test
    void itReadsWhatJavaWritesAndAllShorterForms() throws UnknownHostException {
        Random random = new Random(4291);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length && bytes.length == 16; j++) {
                bytes[j] = random.nextInt(3) == 0 ? 0 : bytes[j];
            }
            if (bytes.length == 16) {
                bytes[0] = 0x20; // Java turns IPv4-mapped ones into IPv4
            }
            String written = InetAddress.getByAddress(bytes).getHostAddress();
            assertArrayEquals(bytes, IpLiteral.parse(written), written);
            assertArrayEquals(bytes, IpLiteral.parse(shortened(written)), written);
        }
    }

    /** Writes one run of zeros as {@code ::}, where there is one. */
    private static String shortened(String address) {
        String padded = ":" + address + ":";
        int run = padded.indexOf(":0:0:");
        if (address.indexOf(':') < 0 || run < 0) {
            return address.toUpperCase(Locale.ROOT);
        }
        String head = padded.substring(1, Math.max(run, 1));
        String tail = padded.substring(run + 5, Math.max(padded.length() - 1, run + 5));
        return head + "::" + tail;
    }

    @Test
    void itReadsTheFormsOfTheRfc() {
        for (String text : List.of(
                "::",
                "::1",
                "1::",
                "2001:db8::",
                "2001:db8:0:0:8:800:200c:417a",
                "::ffff:192.0.2.128",
                "64:ff9b::192.0.2.33",
                "fe80::1",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3:4:5:6:192.0.2.1",
                "0.0.0.0",
                "255.255.255.255")) {
            assertNotNull(IpLiteral.parse(text), text);
        }
        assertArrayEquals(
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, (byte) 128},
                IpLiteral.parse("::ffff:192.0.2.128"));
    }

    @Test
    void anythingElseIsNoAddress() {
        for (String text : List.of(
                "",
                "1",
                ":",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "::1:",
                ":1::2",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                "::1]:80",
                "192.0.2",
                "192.0.2.1.1",
                "192.0.2.256",
                "192.0.2.01",
                "192.0.2.",
                ".192.0.2.1",
                "192.0.2.1:80",
                "192.0.2.1 ",
                "0x1.0.0.0",
                "::192.0.2.300",
                "1:2:3:4:5:6:7:192.0.2.1",
                "::1.2.3",
                "localhost",
                "monitoring-server",
                "deadbeef",
                "１92.0.2.1",
                "2001:db8::1/32",
                "::ffff:192.0.2.1.")) {
            assertNull(IpLiteral.parse(text), text);
        }
    }
}
