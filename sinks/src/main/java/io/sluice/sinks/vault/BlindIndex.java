package io.sluice.sinks.vault;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The blind index of a vault file: which block holds a term.
 *
 * <p>A file of runs; a run is the number of its entries (4 bytes) and the entries: term (16 bytes), position of the
 * block in the container file (8), numbers big-endian, sorted by term as unsigned bytes and then by position.
 */
final class BlindIndex {
    private static final int COUNT_BYTES = 4;
    private static final int ENTRY_BYTES = 24;
    private static final int BUFFERED_ENTRIES = 128;

    /**
     * One entry.
     *
     * @param high first half of the term
     * @param low second half
     * @param position where its block begins
     */
    record Entry(long high, long low, long position) implements Comparable<Entry> {
        static Entry of(ByteBuffer term, long position) {
            return new Entry(term.getLong(), term.getLong(), position);
        }

        @Override
        public int compareTo(Entry other) {
            int order = Long.compareUnsigned(high, other.high);
            if (order == 0) {
                order = Long.compareUnsigned(low, other.low);
            }
            return order == 0 ? Long.compare(position, other.position) : order;
        }
    }

    private BlindIndex() {}

    /** The bytes of a run. */
    static ByteBuffer run(Collection<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(null);
        ByteBuffer bytes = ByteBuffer.allocate(COUNT_BYTES + ENTRY_BYTES * sorted.size());
        bytes.putInt(sorted.size());
        for (Entry entry : sorted) {
            bytes.putLong(entry.high).putLong(entry.low).putLong(entry.position);
        }
        return bytes.flip();
    }

    /** Merges the runs in the first bytes of a file into one run in another file, which is then on the disk. */
    static void merge(Path runs, long length, Path target) throws IOException {
        try (FileChannel in = FileChannel.open(runs, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        target,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        VaultFolder.ownersAlone(target))) {
            PriorityQueue<Cursor> cursors = new PriorityQueue<>();
            int entries = 0;
            for (long at = 0; at < length; ) {
                int count = count(in, at, length);
                entries += count;
                if (count > 0) {
                    cursors.add(new Cursor(in, at + COUNT_BYTES, count));
                }
                at += COUNT_BYTES + (long) ENTRY_BYTES * count;
            }
            DataOutputStream merged =
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(out), 65536));
            merged.writeInt(entries);
            while (!cursors.isEmpty()) {
                Cursor next = cursors.remove();
                merged.writeLong(next.head.high);
                merged.writeLong(next.head.low);
                merged.writeLong(next.head.position);
                if (next.advance()) {
                    cursors.add(next);
                }
            }
            merged.flush();
            out.force(true);
        }
    }

    /** Where the blocks begin that hold a term, in the first bytes of a file; in order, each once. */
    static List<Long> find(Path runs, long length, byte[] term) throws IOException {
        Entry wanted = Entry.of(ByteBuffer.wrap(term), Long.MIN_VALUE);
        List<Long> found = new ArrayList<>();
        try (FileChannel in = FileChannel.open(runs, StandardOpenOption.READ)) {
            for (long at = 0; at < length; ) {
                int count = count(in, at, length);
                find(in, at + COUNT_BYTES, count, wanted, found);
                at += COUNT_BYTES + (long) ENTRY_BYTES * count;
            }
        }
        return found.stream().distinct().sorted().toList();
    }

    private static void find(FileChannel in, long start, int count, Entry wanted, List<Long> found) throws IOException {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (entry(in, start, middle).compareTo(wanted) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        for (; from < count; from++) {
            Entry entry = entry(in, start, from);
            if (entry.high != wanted.high || entry.low != wanted.low) {
                return;
            }
            found.add(entry.position);
        }
    }

    private static int count(FileChannel in, long at, long length) throws IOException {
        int count = read(in, at, COUNT_BYTES).getInt();
        if (count < 0 || at + COUNT_BYTES + (long) ENTRY_BYTES * count > length) {
            throw new IOException("A run of a vault's blind index does not end where its file does");
        }
        return count;
    }

    private static Entry entry(FileChannel in, long start, int index) throws IOException {
        ByteBuffer bytes = read(in, start + (long) ENTRY_BYTES * index, ENTRY_BYTES);
        return new Entry(bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("A vault's blind index is shorter than what is published of it");
            }
        }
        return bytes.flip();
    }

    /** A run while it is merged. */
    private static final class Cursor implements Comparable<Cursor> {
        private final FileChannel in;
        private long at;
        private int left;
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private Entry head = new Entry(0, 0, 0);

        Cursor(FileChannel in, long at, int count) throws IOException {
            this.in = in;
            this.at = at;
            this.left = count;
            advance();
        }

        boolean advance() throws IOException {
            if (!buffer.hasRemaining()) {
                if (left == 0) {
                    return false;
                }
                int entries = Math.min(left, BUFFERED_ENTRIES);
                buffer = read(in, at, entries * ENTRY_BYTES);
                at += buffer.remaining();
                left -= entries;
            }
            head = new Entry(buffer.getLong(), buffer.getLong(), buffer.getLong());
            return true;
        }

        @Override
        public int compareTo(Cursor other) {
            return head.compareTo(other.head);
        }
    }
}
