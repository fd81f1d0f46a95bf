package io.sluice.tests.leakage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * All spellings of the canaries, searched for in one pass (Aho and Corasick, 1975): plain, percent-encoded, base64 and
 * base64url in their three alignments, hex, UTF-16 of both orders. Letters match in either case.
 */
final class Needles {
    private final List<int[]> next = new ArrayList<>();
    private final List<Integer> canaryAt = new ArrayList<>();
    private final List<Canaries.Canary> canaries;

    Needles(Collection<Canaries.Canary> canaries) {
        this.canaries = List.copyOf(canaries);
        node();
        for (int i = 0; i < this.canaries.size(); i++) {
            for (byte[] spelling : spellings(this.canaries.get(i).mark())) {
                add(spelling, i);
            }
        }
        link();
    }

    static Set<byte[]> spellings(String mark) {
        byte[] utf8 = mark.getBytes(StandardCharsets.UTF_8);
        Set<String> texts = new LinkedHashSet<>();
        texts.add(mark);
        StringBuilder percent = new StringBuilder();
        for (byte b : utf8) {
            percent.append(String.format("%%%02x", b));
        }
        texts.add(percent.toString());
        texts.add(mark.replace(":", "%3a"));
        texts.add(HexFormat.of().formatHex(utf8));
        for (int shift = 0; shift < 3; shift++) {
            byte[] padded = new byte[shift + utf8.length];
            System.arraycopy(utf8, 0, padded, shift, utf8.length);
            String code = Base64.getEncoder().withoutPadding().encodeToString(padded);
            // The first characters depend on what stands before, the last one on what follows.
            int from = shift == 0 ? 0 : shift + 1;
            int to = padded.length % 3 == 0 ? code.length() : code.length() - 1;
            texts.add(code.substring(from, to));
            texts.add(code.substring(from, to).replace('+', '-').replace('/', '_'));
        }
        Set<byte[]> all = new LinkedHashSet<>();
        for (String text : texts) {
            all.add(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        }
        all.add(mark.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE));
        all.add(mark.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16BE));
        return all;
    }

    private int node() {
        int[] row = new int[256];
        Arrays.fill(row, -1);
        next.add(row);
        canaryAt.add(-1);
        return next.size() - 1;
    }

    private void add(byte[] spelling, int canary) {
        int at = 0;
        for (byte b : spelling) {
            int[] row = next.get(at);
            if (row[b & 0xff] < 0) {
                row[b & 0xff] = node();
            }
            at = row[b & 0xff];
        }
        canaryAt.set(at, canary);
    }

    private void link() {
        int[] fail = new int[next.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        int[] root = next.get(0);
        for (int b = 0; b < 256; b++) {
            if (root[b] < 0) {
                root[b] = 0;
            } else {
                queue.add(root[b]);
            }
        }
        while (!queue.isEmpty()) {
            int at = queue.remove();
            if (canaryAt.get(at) < 0) {
                canaryAt.set(at, canaryAt.get(fail[at]));
            }
            int[] row = next.get(at);
            int[] other = next.get(fail[at]);
            for (int b = 0; b < 256; b++) {
                if (row[b] < 0) {
                    row[b] = other[b];
                } else {
                    fail[row[b]] = other[b];
                    queue.add(row[b]);
                }
            }
        }
        for (int b = 'A'; b <= 'Z'; b++) {
            for (int[] row : next) {
                row[b] = row[b + 'a' - 'A'];
            }
        }
    }

    /** A pass over bytes that may come in pieces. */
    final class Pass {
        private int at;
        private final Set<Canaries.Canary> found = new LinkedHashSet<>();

        void feed(byte[] bytes, int from, int to) {
            int state = at;
            for (int i = from; i < to; i++) {
                state = next.get(state)[bytes[i] & 0xff];
                int canary = canaryAt.get(state);
                if (canary >= 0) {
                    found.add(canaries.get(canary));
                }
            }
            at = state;
        }

        Set<Canaries.Canary> found() {
            return found;
        }
    }

    Pass pass() {
        return new Pass();
    }
}
