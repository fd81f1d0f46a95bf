package io.sluice.infra.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Writes hits as NCSA combined lines, as Apache's and nginx's {@code combined}. Not thread-safe. */
final class AccessLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private byte[] buffer = new byte[2048];
    private int length;
    private long second = Long.MIN_VALUE;
    private byte[] time = new byte[0];

    /** Writes a line without its end; {@link #buffer()} holds it then. */
    void write(Hit hit, long millis, Dice dice) {
        length = 0;
        Visitor visitor = hit.visitor();
        put(visitor.address());
        put(" - ");
        put(hit.login() && visitor.user() != null ? visitor.user().email() : "-");
        put(" [");
        putTime(millis);
        put("] \"");
        put(hit.method());
        put(" ");
        put(hit.target());
        put(visitor.device().isEmpty() ? " HTTP/1.1\" " : " HTTP/2.0\" ");
        put(Integer.toString(hit.status()));
        put(" ");
        put(hit.status() == 304 ? "-" : Integer.toString(hit.bytes()));
        put(" \"");
        put(hit.referrer());
        put("\" \"");
        put(visitor.agent());
        put("\"");
        if (dice.in1000(4)) {
            spoil(dice);
        }
    }

    private void putTime(long millis) {
        long now = Math.floorDiv(millis, 1000L);
        if (now != second) {
            second = now;
            time = TIME.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
        }
        makeRoom(time.length);
        System.arraycopy(time, 0, buffer, length, time.length);
        length += time.length;
    }

    private void put(String text) {
        int chars = text.length();
        // Three bytes a character are the most that UTF-8 takes of one.
        makeRoom(3 * chars);
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                putEncoded(text.substring(i));
                return;
            }
            buffer[length++] = (byte) c;
        }
    }

    private void putEncoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void makeRoom(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * (length + more));
        }
    }

    /** What really lies in logs: lines cut off, quotes lost, bytes of another protocol. */
    private void spoil(Dice dice) {
        switch (dice.below(4)) {
            case 0 -> length = 1 + dice.below(length - 1);
            case 1 -> buffer[dice.below(length)] = (byte) (0x80 + dice.below(0x80));
            case 2 -> {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '"') {
                        buffer[i] = ' ';
                    }
                }
            }
            default -> {
                length = 0;
                put("\u0016\u0003\u0001 not a line at all");
            }
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }
}
