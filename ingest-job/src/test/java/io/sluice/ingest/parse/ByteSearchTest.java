package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
    private static final int SEED = 20240110;

    @Test
    void findsTheFirstAmongAnyBytes() {
        Random random = new Random(SEED);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                // Near what is looked for, by one bit and by one: where a borrow could mislead.
                int near = random.nextBoolean() ? '"' : '\\';
                bytes[i] =
                        (byte) (random.nextInt(4) == 0 ? near ^ 1 << random.nextInt(8) : near + random.nextInt(3) - 1);
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertEquals(oneByOne(bytes, '"', '"', from, to), ByteSearch.first(bytes, '"', from, to));
            assertEquals(oneByOne(bytes, '"', '\\', from, to), ByteSearch.first(bytes, '"', '\\', from, to));
        }
    }

    private static int oneByOne(byte[] bytes, char one, char other, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != one && bytes[i] != other) {
            i++;
        }
        return i;
    }
}
