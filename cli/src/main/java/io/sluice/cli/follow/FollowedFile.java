package io.sluice.cli.follow;

import io.sluice.cli.send.Outlet;
import io.sluice.cli.send.SendProblem;
import io.sluice.ingest.offline.Piece;
import io.sluice.ingest.offline.Pieces;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Continuation;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.SourceOptions;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One open file that may grow: hands over the whole lines behind its place.
 *
 * <p>It stays the same file however it is named. Where the format has continuation lines, the last record waits until
 * another one begins or the file did not grow for {@value #SETTLED_MILLIS} ms, so that a stack trace in the making is not
 * torn. Not thread-safe.
 */
final class FollowedFile implements AutoCloseable {
    static final long SETTLED_MILLIS = 1_000;

    private static final int BLOCK = 64 * 1024;

    private final FileChannel channel;
    private final Object key;
    private final long inode;
    private final SourceOptions options;
    private final boolean joins;
    private final Task task;
    private final Unacknowledged unacknowledged;

    /** Behind the last line handed over, and what stands before it. */
    private long handed;

    private Fingerprint print;
    private int expected;
    /** Behind the last whole line, and behind what was searched for one. */
    private long whole;

    private long searched;
    private long size;
    private long grewAt;
    private boolean gone;

    private FollowedFile(
            FileChannel channel, Object key, long inode, Task task, Unacknowledged unacknowledged, Place from)
            throws IOException {
        this.channel = channel;
        this.key = key;
        this.inode = inode;
        this.task = task;
        this.options = task.options();
        this.joins = options.framing() instanceof Framing.Line && Continuation.isJoinedIn(options.format());
        this.unacknowledged = unacknowledged;
        this.handed = from.offset();
        this.expected = from.print();
        this.print = Fingerprint.before(channel, handed);
        this.whole = handed;
        this.searched = handed;
        this.size = handed;
        this.grewAt = task.millis().getAsLong();
    }

    /**
     * Opens a file at a place.
     *
     * @return null if the file has no such place: it is another one, or was shortened
     * @throws IOException if there is no such file, or it cannot be read
     */
    static @Nullable FollowedFile open(Path file, Place from, Task task) throws IOException {
        Object key = key(Files.readAttributes(file, BasicFileAttributes.class));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long inode = inode(file);
            if (!key.equals(key(Files.readAttributes(file, BasicFileAttributes.class)))) {
                throw new NoSuchFileException(file.toString()); // another one stands there since
            }
            Unacknowledged unacknowledged = new Unacknowledged(task.backlog(), from.offset(), from.print());
            FollowedFile opened = new FollowedFile(channel, key, inode, task, unacknowledged, from);
            if (opened.holds()) {
                return opened;
            }
        } catch (EOFException e) {
            // Too short, so it is another one.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** What tells files apart as long as one is open. */
    static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNull(attributes.fileKey(), "no file keys here");
    }

    static long inode(Path file) throws IOException {
        return (Long) Files.getAttribute(file, "unix:ino");
    }

    /** Goes on in a copy of this file, where what was not yet read still stands; null if the copy does not hold it. */
    @Nullable
    FollowedFile continuedIn(Path copy) throws IOException {
        FileChannel other = FileChannel.open(copy, StandardOpenOption.READ);
        try {
            Object otherKey = key(Files.readAttributes(copy, BasicFileAttributes.class));
            FollowedFile continued = new FollowedFile(
                    other, otherKey, inode(copy), task, unacknowledged, new Place("", 0, handed, expected));
            if (continued.holds()) {
                channel.close();
                return continued;
            }
        } catch (EOFException e) {
            // It was shortened, too.
        } catch (IOException e) {
            other.close();
            throw e;
        }
        other.close();
        return null;
    }

    /** Whether it is the file with this key, and still readable as such. */
    boolean is(Object fileKey) {
        return !gone && key.equals(fileKey);
    }

    /** Whether what was handed over still stands there; otherwise the file was emptied and written anew. */
    boolean holds() throws IOException {
        try {
            return Fingerprint.before(channel, handed).value() == expected;
        } catch (EOFException e) {
            return false;
        }
    }

    /** The place up to which everything is acknowledged. */
    Place place(Path path) {
        return unacknowledged.place(path.toString(), inode);
    }

    /** The place up to which everything is handed over. */
    Place handed(Path path) {
        return new Place(path.toString(), inode, handed, expected);
    }

    /** Nothing more can be read: only answers are awaited. */
    void giveUp() {
        gone = true;
    }

    /** How long it has not grown. */
    long quietMillis() {
        return task.millis().getAsLong() - grewAt;
    }

    /** Whether all of it is handed over and acknowledged. */
    boolean isDone() {
        return unacknowledged.isIdle() && (gone || handed == size && !unacknowledged.isGivenBack());
    }

    /**
     * Hands over what came since.
     *
     * @param settled whether the last record counts as ended
     * @param ended whether the last line does, although it has no end
     * @return whether there is more, for which the backlog had no room
     */
    boolean look(Outlet outlet, boolean settled, boolean ended) throws IOException, SendProblem {
        if (gone) {
            return false;
        }
        if (unacknowledged.isGivenBack()) {
            if (!unacknowledged.isIdle()) {
                return false;
            }
            goBack();
        }
        long now = channel.size();
        if (now != size) {
            size = now;
            grewAt = task.millis().getAsLong();
        }
        try {
            findWhole(ended);
            return whole > handed && hand(outlet, settled || ended || quietMillis() >= SETTLED_MILLIS);
        } catch (EOFException e) {
            return false; // shortened since; the next look sees it
        }
    }

    private void goBack() throws IOException {
        unacknowledged.goBack();
        Place place = unacknowledged.place("", inode);
        handed = place.offset();
        expected = place.print();
        print = Fingerprint.before(channel, handed);
    }

    /** Searches backwards what was not searched before, so that a long line in the making costs its bytes once. */
    private void findWhole(boolean ended) throws IOException {
        if (ended) {
            whole = size;
            return;
        }
        for (long to = size; to > searched; ) {
            long from = Math.max(searched, to - BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (to - from));
            Reading.fully(channel, block, from);
            for (int i = block.capacity() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    whole = from + i + 1;
                    searched = size;
                    return;
                }
            }
            to = from;
        }
        searched = size;
    }

    private boolean hand(Outlet outlet, boolean settled) throws IOException, SendProblem {
        Pieces pieces = new Pieces(new Reading(channel, handed, whole), options);
        long begin = handed;
        while (!task.backlog().isFull() && !unacknowledged.isGivenBack()) {
            Piece piece = pieces.next();
            if (piece == null) {
                return false;
            }
            long end = begin + pieces.consumed();
            Bytes value = piece.value();
            if (joins && !settled && end == whole && !piece.cutShort()) {
                OpenRecord open = OpenRecord.of(value, options);
                piece = new Piece(value.slice(0, open.from()), piece.line(), open.line(), false);
                end -= value.length() - open.from();
                if (open.from() == 0) {
                    return false;
                }
            }
            hand(outlet, piece, end);
        }
        return handed < whole;
    }

    private void hand(Outlet outlet, Piece piece, long end) throws IOException, SendProblem {
        if (piece.cutShort()) {
            print = Fingerprint.before(channel, end);
        } else {
            print.add(piece.value());
        }
        int value = print.value();
        outlet.send(piece, unacknowledged.add(end, value, piece.value().length()));
        handed = end;
        expected = value;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
