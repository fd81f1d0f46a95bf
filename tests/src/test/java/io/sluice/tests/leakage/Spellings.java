package io.sluice.tests.leakage;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * All ways in which the sweep knows a canary: plain, percent-encoded, base64 and base64url in their three alignments,
 * hex, escaped as in JSON, UTF-16 of both orders, the first three within each other; addresses and card numbers also as
 * programs store them in binary; and the hashes without a key that some take for anonymous.
 */
final class Spellings {
    private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256");

    private final Set<ByteBuffer> all = new LinkedHashSet<>();

    private Spellings() {}

    /** Each is at least eleven bytes long, or eight of a binary number. */
    static List<byte[]> of(Canaries.Canary canary) {
        Spellings spellings = new Spellings();
        String mark = canary.mark();
        spellings.text(mark);
        spellings.text(mark.toUpperCase(Locale.ROOT));
        switch (canary.kind()) {
            case IPV4, IPV6 -> spellings.address(canary.text());
            case CARD -> spellings.number(mark);
            default -> {
                // Words have no other form.
            }
        }
        spellings.hashes(canary.text());
        spellings.hashes(canary.text().toLowerCase(Locale.ROOT));
        return spellings.all.stream().map(ByteBuffer::array).toList();
    }

    private void text(String text) {
        List<String> once = encoded(text);
        once.forEach(this::add);
        once.forEach(inner -> encoded(inner).forEach(this::add));
        add(text.getBytes(StandardCharsets.UTF_16LE));
        add(text.getBytes(StandardCharsets.UTF_16BE));
        StringBuilder json = new StringBuilder();
        for (char c : text.toCharArray()) {
            json.append(String.format("\\u%04x", (int) c));
        }
        add(json.toString());
    }

    /** A text as it is, and in each encoding; of base64 the characters that do not depend on what stands beside it. */
    private static List<String> encoded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        List<String> texts = new ArrayList<>();
        texts.add(text);
        texts.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        // The case of these digits tells once they are encoded again.
        for (HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
            texts.add(hex.withPrefix("%").formatHex(utf8));
            texts.add(hex.formatHex(utf8));
        }
        for (int shift = 0; shift < 3; shift++) {
            byte[] padded = new byte[shift + utf8.length];
            System.arraycopy(utf8, 0, padded, shift, utf8.length);
            String code = Base64.getEncoder().withoutPadding().encodeToString(padded);
            // The first characters depend on what stands before, the last one on what follows.
            int from = shift == 0 ? 0 : shift + 1;
            int to = padded.length % 3 == 0 ? code.length() : code.length() - 1;
            String sure = code.substring(from, to);
            texts.add(sure);
            texts.add(sure.replace('+', '-').replace('/', '_'));
        }
        return texts;
    }

    /** 16 bytes, an IPv4 one mapped (RFC 4291, 2.5.5.2), as an index of addresses has it. */
    private void address(String text) {
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            if (bytes.length == 4) {
                byte[] mapped = new byte[16];
                mapped[10] = mapped[11] = (byte) 0xff;
                System.arraycopy(bytes, 0, mapped, 12, 4);
                bytes = mapped;
            }
            add(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a canary is no address", e);
        }
    }

    /** A whole number in eight bytes of either order, as Lucene sorts it, and as Avro writes it; and in groups. */
    private void number(String digits) {
        long number = Long.parseLong(digits);
        add(ByteBuffer.allocate(8).putLong(number).array());
        add(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
        add(ByteBuffer.allocate(8).putLong(number ^ Long.MIN_VALUE).array());
        ByteArrayOutputStream avro = new ByteArrayOutputStream();
        long left = number << 1;
        for (; left > 0x7f; left >>>= 7) {
            avro.write((int) (left & 0x7f | 0x80));
        }
        avro.write((int) left);
        add(avro.toByteArray());
        for (String between : List.of(" ", "-")) {
            add(digits.replaceAll("(?<=\\d)(?=(\\d{4})+$)", between));
        }
    }

    private void hashes(String text) {
        for (String name : DIGESTS) {
            byte[] digest = digest(name, text);
            add(digest);
            add(HexFormat.of().formatHex(digest));
            String code = Base64.getEncoder().withoutPadding().encodeToString(digest);
            add(code);
            add(code.replace('+', '-').replace('/', '_'));
        }
    }

    private static byte[] digest(String name, String text) {
        try {
            return MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] bytes) {
        all.add(ByteBuffer.wrap(bytes));
    }
}
