package io.sluice.cli.follow;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file as a stream. A file that was shortened meanwhile is an {@link EOFException}, never an end. */
final class Reading extends InputStream {
    private final FileChannel file;
    private final long to;
    private long at;

    Reading(FileChannel file, long from, long to) {
        this.file = file;
        this.at = from;
        this.to = to;
    }

    /** Fills the buffer from a place on. */
    static void fully(FileChannel file, ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at == to) {
            return -1;
        }
        int read = file.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, to - at)), at);
        if (read < 0) {
            throw new EOFException();
        }
        at += read;
        return read;
    }
}
