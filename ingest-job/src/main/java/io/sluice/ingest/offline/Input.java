package io.sluice.ingest.offline;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * One opened FILE argument: a file or standard input, unpacked if it is gzip (by its name or its first bytes).
 *
 * @param name as it was given; {@code -} is standard input
 * @param stream its bytes, unpacked
 * @param size bytes of the file as it lies there, or -1 if that is not known
 * @param counter counts the bytes read, packed as they may be
 */
public record Input(String name, InputStream stream, long size, Counter counter) implements AutoCloseable {
    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int GZIP_DEFLATE = 8;

    /**
     * Opens one.
     *
     * @param folder where relative names begin
     * @throws UnreadableInput if it cannot be opened
     */
    public static Input open(String name, Path folder, InputStream standardInput) throws UnreadableInput {
        try {
            if (name.equals(STANDARD_INPUT)) {
                return unpacked(name, standardInput, -1);
            }
            Path path = folder.resolve(name);
            if (Files.isDirectory(path)) {
                throw new UnreadableInput(name, "it is a folder; name the files in it");
            }
            InputStream file = Files.newInputStream(path);
            try {
                return unpacked(name, file, Files.isRegularFile(path) ? Files.size(path) : -1);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableInput(name, "there is no such file; check the name and the current folder");
        } catch (AccessDeniedException e) {
            throw new UnreadableInput(name, "permission denied; check who may read it");
        } catch (InvalidPathException e) {
            throw new UnreadableInput(name, "that is not a file name here");
        } catch (IOException e) {
            throw UnreadableInput.of(name, e);
        }
    }

    private static Input unpacked(String name, InputStream raw, long size) throws IOException {
        Counter counter = new Counter(raw);
        BufferedInputStream in = new BufferedInputStream(counter, BUFFER_BYTES);
        if (name.endsWith(".gz") || isGzip(in)) {
            return new Input(name, new GZIPInputStream(new NeverShort(in), BUFFER_BYTES), size, counter);
        }
        return new Input(name, in, size, counter);
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(3);
        byte[] head = in.readNBytes(3);
        in.reset();
        return head.length == 3
                && (head[0] & 0xff) == GZIP_FIRST
                && (head[1] & 0xff) == GZIP_SECOND
                && head[2] == GZIP_DEFLATE;
    }

    /** Bytes of the file read so far, packed as they may be. */
    public long bytesRead() {
        return counter.read;
    }

    @Override
    public void close() throws IOException {
        if (!name.equals(STANDARD_INPUT)) {
            stream.close();
        }
    }

    @Override
    public String toString() {
        return "Input[" + name + "]";
    }

    /** Counts what is read through it. */
    public static final class Counter extends FilterInputStream {
        private long read;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            read += Math.max(0, count);
            return count;
        }
    }

    /** Says that there may be more, so that gzip looks for a further member behind a pipe that is slow. */
    private static final class NeverShort extends FilterInputStream {
        NeverShort(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
