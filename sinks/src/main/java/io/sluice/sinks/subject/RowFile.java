package io.sluice.sinks.subject;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * A file of rows: sorted, each once, never changed.
 *
 * <p>Format, numbers big-endian: {@code SLUSUBJ1} · number of topic ids (4 bytes) · each as length (4) and UTF-8, in
 * order · number of rows (8) · rows of 36 bytes: hash (16), number of the topic id (4), partition (4), offset (8),
 * position (4); sorted by hash as unsigned bytes, topic id, partition, offset, position.
 */
final class RowFile implements Closeable {
    private static final byte[] MAGIC = "SLUSUBJ1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROW_BYTES = 36;
    private static final int BUFFERED_ROWS = 512;
    private static final int MOST_TOPICS = 100_000;

    private final Path path;
    private final FileChannel channel;
    private final List<String> topics;
    private final long start;
    private final long rows;

    private RowFile(Path path, FileChannel channel, List<String> topics, long start, long rows) {
        this.path = path;
        this.channel = channel;
        this.topics = topics;
        this.start = start;
        this.rows = rows;
    }

    /**
     * Writes rows to a new file and brings it to the disk.
     *
     * @param sorted in order; a row that equals the one before it is left out
     * @param topicIds all that occur
     */
    static void write(FileChannel channel, Iterator<SubjectRow> sorted, Collection<String> topicIds)
            throws IOException {
        List<String> topics = List.copyOf(new TreeSet<>(topicIds));
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024));
        out.write(MAGIC);
        out.writeInt(topics.size());
        for (String topic : topics) {
            byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.flush();
        long countAt = channel.position();
        out.writeLong(0);
        long rows = 0;
        SubjectRow before = null;
        while (sorted.hasNext()) {
            SubjectRow row = sorted.next();
            if (row.equals(before)) {
                continue;
            }
            before = row;
            rows++;
            out.writeLong(row.high());
            out.writeLong(row.low());
            out.writeInt(java.util.Collections.binarySearch(topics, row.place().topicId()));
            out.writeInt(row.place().partition());
            out.writeLong(row.place().offset());
            out.writeInt(row.place().position());
        }
        out.flush();
        channel.write(ByteBuffer.allocate(8).putLong(rows).flip(), countAt);
        channel.force(true);
    }

    /**
     * Opens a file; no row is read.
     *
     * @throws java.nio.file.NoSuchFileException if it was merged away
     */
    static RowFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer head = read(channel, path, 0, MAGIC.length + 4);
            byte[] magic = new byte[MAGIC.length];
            head.get(magic);
            int count = head.getInt();
            if (!java.util.Arrays.equals(magic, MAGIC) || count < 0 || count > MOST_TOPICS) {
                throw damaged(path);
            }
            long at = MAGIC.length + 4;
            String[] topics = new String[count];
            for (int i = 0; i < count; i++) {
                int length = read(channel, path, at, 4).getInt();
                if (length < 0 || length > channel.size()) {
                    throw damaged(path);
                }
                topics[i] = StandardCharsets.UTF_8
                        .decode(read(channel, path, at + 4, length))
                        .toString();
                at += 4 + length;
            }
            long rows = read(channel, path, at, 8).getLong();
            if (rows < 0 || at + 8 + rows * ROW_BYTES != channel.size()) {
                throw damaged(path);
            }
            return new RowFile(path, channel, List.of(topics), at + 8, rows);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long rows() {
        return rows;
    }

    List<String> topics() {
        return topics;
    }

    /** Adds the places of a hash; by binary search, reading some twenty rows of a million. */
    void find(long high, long low, Collection<EventPlace> found) throws IOException {
        long from = 0;
        long to = rows;
        while (from < to) {
            long middle = (from + to) >>> 1;
            ByteBuffer row = read(channel, path, start + middle * ROW_BYTES, 16);
            if (SubjectRow.compare(row.getLong(), row.getLong(), high, low) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Cursor cursor = new Cursor(from);
        while (cursor.hasNext()) {
            SubjectRow row = cursor.next();
            if (row.high() != high || row.low() != low) {
                return;
            }
            found.add(row.place());
        }
    }

    /** All rows, in order. */
    Cursor all() {
        return new Cursor(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private SubjectRow row(ByteBuffer bytes) throws IOException {
        long high = bytes.getLong();
        long low = bytes.getLong();
        int topic = bytes.getInt();
        if (topic < 0 || topic >= topics.size()) {
            throw damaged(path);
        }
        return new SubjectRow(
                high, low, new EventPlace(topics.get(topic), bytes.getInt(), bytes.getLong(), bytes.getInt()));
    }

    private static ByteBuffer read(FileChannel channel, Path path, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException(damaged(path).getMessage());
            }
        }
        return bytes.flip();
    }

    private static IOException damaged(Path path) {
        return new IOException("The subject index's file " + path + " is damaged; restore it from a backup");
    }

    /** Reads rows in order, some at a time. */
    final class Cursor {
        private long next;
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        private Cursor(long next) {
            this.next = next;
        }

        boolean hasNext() {
            return buffer.hasRemaining() || next < rows;
        }

        SubjectRow next() throws IOException {
            if (!buffer.hasRemaining()) {
                int count = (int) Math.min(BUFFERED_ROWS, rows - next);
                buffer = read(channel, path, start + next * ROW_BYTES, count * ROW_BYTES);
                next += count;
            }
            return row(buffer);
        }
    }
}
