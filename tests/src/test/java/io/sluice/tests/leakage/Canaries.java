package io.sluice.tests.leakage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Personal values that exist nowhere else, one of each kind for each place in which one is planted.
 *
 * <p>Each has a part that no other text can hold by chance; that part is what the sweep looks for.
 */
final class Canaries {
    /** What a canary is. */
    enum Kind {
        EMAIL,
        IPV4,
        IPV6,
        LOGIN,
        COOKIE,
        CARD,
        TOKEN,
        CLIENT
    }

    /**
     * One of them.
     *
     * @param kind what it is
     * @param place where it was planted
     * @param text as it is planted
     * @param mark the part that is looked for
     */
    record Canary(Kind kind, String place, String text, String mark) {}

    private static final int WORD = 12;
    private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
    private static final int HOSTS = 156;

    private final Random random;
    private final List<Canary> planted = new ArrayList<>();
    private int addresses;

    Canaries(long seed) {
        this.random = new Random(seed);
    }

    /** A new one for a place. */
    Canary plant(Kind kind, String place) {
        String word = word();
        Canary canary =
                switch (kind) {
                    case EMAIL -> new Canary(kind, place, word + "@example.com", word);
                    case IPV4 -> ipv4(place);
                    case IPV6 -> {
                        String tail = hex() + ":" + hex() + ":" + hex() + ":" + hex();
                        yield new Canary(kind, place, "2001:db8:77:1:" + tail, tail);
                    }
                    case LOGIN, COOKIE, TOKEN ->
                        new Canary(kind, place, kind.name().toLowerCase(Locale.ROOT) + word, word);
                    case CARD -> card(place);
                    case CLIENT ->
                        new Canary(
                                kind,
                                place,
                                "Zoé " + Character.toUpperCase(word.charAt(0)) + word.substring(1),
                                word.substring(1));
                };
        planted.add(canary);
        return canary;
    }

    /**
     * Addresses are few, so each is used once: the three networks of RFC 5737, with three digits at the end, so that no
     * address is the beginning of another.
     */
    private Canary ipv4(String place) {
        int next = addresses++;
        if (next >= NETWORKS.size() * HOSTS) {
            throw new IllegalStateException("no documentation address is left for another canary");
        }
        String address = NETWORKS.get(next / HOSTS) + (100 + next % HOSTS);
        return new Canary(Kind.IPV4, place, address, address);
    }

    private Canary card(String place) {
        StringBuilder digits = new StringBuilder("4000");
        for (int i = 0; i < 11; i++) {
            digits.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int digit = digits.charAt(i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        digits.append((10 - sum % 10) % 10);
        return new Canary(Kind.CARD, place, digits.toString(), digits.toString());
    }

    private String word() {
        StringBuilder word = new StringBuilder("q");
        for (int i = 1; i < WORD; i++) {
            word.append("bcdfghjklmnpqrstvwxz".charAt(random.nextInt(20)));
        }
        return word.toString();
    }

    private String hex() {
        return Integer.toHexString(0x1000 + random.nextInt(0xefff));
    }

    List<Canary> planted() {
        return Collections.unmodifiableList(planted);
    }
}
