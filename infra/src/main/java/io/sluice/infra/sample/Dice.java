package io.sluice.infra.sample;

/**
 * Seeded randomness that is the same in every Java and for ever: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014).
 *
 * <p>Not for secrets, and not thread-safe.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** 64 random bits. */
    long bits() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    /** A number from 0 to below the bound, small ones more often: as some visitors come often and most seldom. */
    int lowBelow(int bound) {
        return (int) ((long) below(bound) * below(bound) / bound);
    }

    /** True so many times in a thousand. */
    boolean in1000(int times) {
        return below(1000) < times;
    }

    /** One of them. */
    String pick(String... choices) {
        return choices[below(choices.length)];
    }
}
