package io.sluice.infra.sample;

import java.util.List;

/**
 * Client addresses: chosen by chance inside wide blocks of access providers, so that a geo database knows a country for
 * them, and some from the ranges for documentation (RFC 5737, RFC 3849).
 *
 * <p>Nobody is meant by them. The blocks are public allocations of at least 65,536 addresses each, and which address of
 * a block comes out depends on the seed alone.
 */
final class Addresses {
    /**
     * A block and where it is used.
     *
     * @param country ISO code
     * @param first first address, as a number
     * @param bits how many bits of the address are free
     */
    private record Block(String country, long first, int bits) {}

    private static final List<Block> BLOCKS = List.of(
            block("CA", 70, 24, 13),
            block("CA", 99, 224, 11),
            block("CA", 24, 200, 14),
            block("CA", 142, 112, 14),
            block("CA", 184, 144, 13),
            block("US", 73, 0, 9),
            block("US", 98, 192, 10),
            block("FR", 90, 0, 9),
            block("GB", 86, 128, 10),
            block("DE", 84, 128, 10),
            block("CH", 85, 0, 13),
            block("BE", 81, 240, 13),
            block("AU", 1, 120, 13));

    private static final String[] V6 = {"CA 2607:fea8:", "FR 2a01:cb00:", "US 2601:1c0:", "GB 2a00:23c4:"};

    private Addresses() {}

    private static Block block(String country, int first, int second, int length) {
        return new Block(country, ((long) first << 24) | ((long) second << 16), 32 - length);
    }

    /**
     * An address with its country.
     *
     * @param country ISO code; of the ranges for documentation {@code -}
     */
    record Address(String text, String country) {}

    static Address next(Dice dice) {
        int kind = dice.below(100);
        if (kind < 8) {
            return documentation(dice);
        }
        if (kind < 20) {
            String[] parts = dice.pick(V6).split(" ", 2);
            return new Address(
                    parts[1] + hex(dice) + ":" + hex(dice) + ":" + hex(dice) + ":" + hex(dice) + ":" + hex(dice) + ":"
                            + hex(dice),
                    parts[0]);
        }
        // The product's home is Canada: its blocks come first and are taken more often.
        Block block = BLOCKS.get(dice.lowBelow(BLOCKS.size()));
        long address = block.first() + dice.below(1 << block.bits());
        return new Address(
                (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255),
                block.country());
    }

    static Address documentation(Dice dice) {
        int host = 1 + dice.below(254);
        return switch (dice.below(4)) {
            case 0 -> new Address("192.0.2." + host, "-");
            case 1 -> new Address("198.51.100." + host, "-");
            case 2 -> new Address("203.0.113." + host, "-");
            default -> new Address("2001:db8:" + hex(dice) + "::" + hex(dice), "-");
        };
    }

    private static String hex(Dice dice) {
        return Integer.toHexString(1 + dice.below(0xfffe));
    }
}
