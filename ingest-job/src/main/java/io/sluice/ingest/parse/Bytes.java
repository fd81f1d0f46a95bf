package io.sluice.ingest.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A slice of bytes, not copied. Holds plaintext, so it prints its length and nothing else.
 *
 * @param array the bytes; not to be changed
 * @param from first index
 * @param to index behind the last
 */
public record Bytes(byte[] array, int from, int to) {
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    public static Bytes of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return to - from;
    }

    /** The {@code i}-th byte of the slice, from 0. */
    public byte at(int i) {
        return array[from + i];
    }

    /** The bytes from {@code from} to before {@code to}, both counted within this slice. */
    public Bytes slice(int from, int to) {
        return new Bytes(array, this.from + from, this.from + to);
    }

    /** As text; invalid UTF-8 is one U+FFFD per maximal bad part. */
    public String text() {
        return Utf8.text(array, from, to);
    }

    public byte[] copy() {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    public String toString() {
        return "Bytes[" + length() + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, from, to, that.array, that.from, that.to);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }
}
