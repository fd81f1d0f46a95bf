package io.sluice.cli.follow;

import io.sluice.ingest.parse.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * 32 bits over the last {@value #BYTES} bytes before a place in a file: enough to tell whether the file is still the one
 * that was read up to there, too few to tell what it says. Not thread-safe.
 */
final class Fingerprint {
    static final int BYTES = 1024;

    private byte[] last = new byte[0];

    /**
     * That of a place in a file.
     *
     * @throws IOException also if the file ends before the place
     */
    static Fingerprint before(FileChannel file, long offset) throws IOException {
        Fingerprint print = new Fingerprint();
        int length = (int) Math.min(BYTES, offset);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        Reading.fully(file, buffer, offset - length);
        print.last = buffer.array();
        return print;
    }

    /** Moves the place behind bytes that follow it. */
    void add(Bytes bytes) {
        if (bytes.length() >= BYTES) {
            last = bytes.slice(bytes.length() - BYTES, bytes.length()).copy();
            return;
        }
        int kept = Math.min(last.length, BYTES - bytes.length());
        byte[] both = Arrays.copyOfRange(last, last.length - kept, last.length + bytes.length());
        System.arraycopy(bytes.array(), bytes.from(), both, kept, bytes.length());
        last = both;
    }

    int value() {
        CRC32C sum = new CRC32C();
        sum.update(last);
        return (int) sum.getValue();
    }
}
