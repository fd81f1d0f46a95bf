package io.sluice.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Changes a record: bytes exchanged, cut out, doubled, and pieces put in on which parsers stumble. */
final class Mutation {
    private static final byte[][] PIECES = pieces(
            "\"",
            "\\",
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "-",
            "/",
            " ",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\0",
            "é",
            "%",
            "%zz",
            "\\x",
            "\\u",
            "\\ud83d",
            "9".repeat(40),
            "1e999",
            "-0",
            "null",
            "[[[[[[[[",
            "\u0085",
            "\u2028",
            "?",
            "=&",
            "#Fields:");
    private static final byte[][] INVALID = {
        {(byte) 0xC3},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xFF},
        {(byte) 0xF4, (byte) 0x90}
    };

    private Mutation() {}

    private static byte[][] pieces(String... texts) {
        byte[][] pieces = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            pieces[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return pieces;
    }

    static byte[] of(byte[] record, Random random) {
        byte[] changed = record;
        for (int i = random.nextInt(5); i >= 0; i--) {
            changed = once(changed, random);
        }
        return changed;
    }

    private static byte[] once(byte[] record, Random random) {
        int at = random.nextInt(record.length + 1);
        int to = Math.min(record.length, at + random.nextInt(12));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(record, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.writeBytes(PIECES[random.nextInt(PIECES.length)]);
            case 2 -> out.writeBytes(INVALID[random.nextInt(INVALID.length)]);
            case 3 -> out.write(record, at, to - at);
            default -> at = to;
        }
        int behind = random.nextBoolean() && at < record.length ? at + 1 : at;
        out.write(record, behind, record.length - behind);
        return out.toByteArray();
    }
}
