package io.sluice.cli.follow;

import io.sluice.cli.send.Outlet;
import io.sluice.cli.send.SendProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One path, whatever file stands there: the file there now, and those rotated away from it that may still hold lines or
 * get some.
 *
 * <p>A file that was rotated away is followed until it did not grow for {@value #LEFT_MILLIS} ms, for its writer may not
 * yet know; then its last line counts, ended or not. Not thread-safe.
 */
final class FollowedPath implements AutoCloseable {
    static final long LEFT_MILLIS = 60_000;

    private final Path path;
    private final Task task;
    private final Beside beside;
    private final Consumer<String> say;

    private @Nullable FollowedFile present;
    private final List<FollowedFile> rotated = new ArrayList<>();
    /** Where the one was left that was done with last: it may come back. */
    private @Nullable Place left;

    private @Nullable String said;

    /** @param path absolute */
    FollowedPath(Path path, Task task, Consumer<String> say) {
        this.path = path;
        this.task = task;
        this.beside = new Beside(path);
        this.say = say;
    }

    /** Finds the files of an earlier run again, before the first look. */
    void resume(List<Place> places) throws IOException {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (isHere(place)) {
                present = FollowedFile.open(path, place, task);
                continue;
            }
            Path other = beside.holding(place);
            FollowedFile found = other == null ? null : FollowedFile.open(other, place, task);
            if (other == null || found == null) {
                say.accept(path
                        + " is not the file that was followed before, and that one is not found beside it: what was"
                        + " written to it behind byte " + place.offset() + ", if anything, is not sent.");
                continue;
            }
            rotated.add(found);
            if (i == places.size() - 1) {
                addWrittenAfter(other);
            }
        }
    }

    private boolean isHere(Place place) throws IOException {
        try {
            return FollowedFile.inode(path) == place.inode() && Beside.holds(path, place);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Files that came and were rotated away while nobody looked. */
    private void addWrittenAfter(Path last) throws IOException {
        for (Path file : beside.writtenAfter(last)) {
            Object key = FollowedFile.key(Files.readAttributes(file, BasicFileAttributes.class));
            FollowedFile missed = rotated.stream().anyMatch(known -> known.is(key))
                    ? null
                    : FollowedFile.open(file, beginning(file), task);
            if (missed != null) {
                rotated.add(missed);
            }
        }
    }

    private Place beginning(Path file) throws IOException {
        return new Place(path.toString(), FollowedFile.inode(file), 0, new Fingerprint().value());
    }

    /**
     * Hands over what came since.
     *
     * @param settled whether a last record that another line may continue goes as it is
     * @return whether there is more to hand over at once
     */
    boolean look(Outlet outlet, boolean settled) throws SendProblem {
        boolean more = false;
        try {
            FollowedFile file = turnToPresent();
            if (file != null && !file.holds()) {
                emptied(file);
                file = turnToPresent();
            }
            more = lookAtRotated(outlet, settled);
            if (file != null) {
                more |= file.look(outlet, settled, false);
                said = null;
            }
        } catch (NoSuchFileException e) {
            return true; // renamed under our hands: looked at again at once
        } catch (AccessDeniedException e) {
            sayOnce(path + " may not be read by this user; waiting for the right.");
        } catch (IOException e) {
            sayOnce(path + " cannot be read (" + e.getClass().getSimpleName() + "); trying again.");
        }
        return more;
    }

    private void sayOnce(String sentence) {
        if (!sentence.equals(said)) {
            said = sentence;
            say.accept(sentence);
        }
    }

    private boolean lookAtRotated(Outlet outlet, boolean settled) throws IOException, SendProblem {
        boolean more = false;
        for (Iterator<FollowedFile> files = rotated.iterator(); files.hasNext(); ) {
            FollowedFile file = files.next();
            boolean ended = file.quietMillis() >= LEFT_MILLIS;
            if (!file.holds()) {
                file.giveUp();
                ended = true;
            }
            more |= file.look(outlet, settled, ended);
            if (ended && file.isDone()) {
                left = file.place(path);
                file.close();
                files.remove();
            }
        }
        return more;
    }

    /** The file that stands at the path now, or null without one; the one before it is rotated away. */
    private @Nullable FollowedFile turnToPresent() throws IOException {
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            putAway();
            sayOnce(path + " is not there; waiting for it.");
            return null;
        }
        if (!there.isRegularFile()) {
            putAway();
            sayOnce(path + " is no file; waiting for one.");
            return null;
        }
        Object key = FollowedFile.key(there);
        if (present != null && present.is(key)) {
            return present;
        }
        putAway();
        present = again(key);
        return present;
    }

    private void putAway() {
        if (present != null) {
            rotated.add(present);
            present = null;
        }
    }

    private @Nullable FollowedFile again(Object key) throws IOException {
        for (FollowedFile file : rotated) {
            if (file.is(key)) {
                rotated.remove(file);
                return file;
            }
        }
        Place place = left;
        left = null;
        FollowedFile file = place != null && isHere(place) ? FollowedFile.open(path, place, task) : null;
        return file == null ? FollowedFile.open(path, beginning(path), task) : file;
    }

    /** Copied and emptied: what was not yet read is in the copy. */
    private void emptied(FollowedFile file) throws IOException {
        present = null;
        Path copy = beside.holding(file.handed(path));
        FollowedFile continued = copy == null ? null : file.continuedIn(copy);
        if (continued != null) {
            rotated.add(continued);
            return;
        }
        say.accept(path + " was emptied, and no copy of it is found beside it: what was written to it since the last"
                + " look, if anything, is not sent.");
        file.giveUp();
        rotated.add(file);
    }

    /** The places of all files of this path, the oldest first. */
    List<Place> places() {
        List<Place> places = new ArrayList<>();
        rotated.forEach(file -> places.add(file.place(path)));
        if (present != null) {
            places.add(present.place(path));
        } else if (places.isEmpty() && left != null) {
            places.add(left);
        }
        return places;
    }

    @Override
    public void close() throws IOException {
        for (FollowedFile file : rotated) {
            file.close();
        }
        if (present != null) {
            present.close();
        }
    }
}
