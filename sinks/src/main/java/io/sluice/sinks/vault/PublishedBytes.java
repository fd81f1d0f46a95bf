package io.sluice.sinks.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.avro.file.SeekableInput;

/** The first bytes of a file that is still written to, as if there were no more. */
final class PublishedBytes implements SeekableInput {
    private final FileChannel channel;
    private final long length;
    private long position;

    PublishedBytes(Path file, long length) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.length = length;
    }

    @Override
    public void seek(long to) {
        position = to;
    }

    @Override
    public long tell() {
        return position;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
        if (position >= length) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(into, at, (int) Math.min(most, length - position)), position);
        if (read > 0) {
            position += read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
