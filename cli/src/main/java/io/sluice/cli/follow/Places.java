package io.sluice.cli.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.send.SendProblem;
import io.sluice.infra.process.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file in which {@code send --follow} keeps its places, mode 0600, held by one process at a time.
 *
 * <p>It is replaced in one step, so a killed process leaves the old one or the new one. Not thread-safe.
 */
public final class Places implements AutoCloseable {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private List<Place> kept;

    private Places(Path file, FileChannel channel, FileLock lock, List<Place> kept) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
        this.kept = kept;
    }

    /**
     * Takes hold of a file and reads it; one that is not there has no places.
     *
     * @throws SendProblem if another process holds it, or it is not one of ours
     */
    public static Places open(Path file) throws SendProblem {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new SendProblem("another `send --follow` keeps its places in " + file
                        + ": stop it, give it these files too, or name another file with --state");
            }
            Places places = new Places(file, channel, lock, read(file));
            channel = null;
            return places;
        } catch (IOException e) {
            throw new SendProblem(
                    "the places cannot be kept in " + file + " (" + e.getClass().getSimpleName()
                            + "); look at its folder and rights, or name another file with --state",
                    e);
        } finally {
            closeQuietly(channel);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written by it.
        }
    }

    private static List<Place> read(Path file) throws IOException, SendProblem {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (root.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException("another version");
            }
            for (JsonNode place : root.required("places")) {
                places.add(new Place(
                        place.required("file").asText(),
                        place.required("inode").longValue(),
                        place.required("offset").longValue(),
                        HexFormat.fromHexDigits(place.required("print").asText())));
            }
        } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException e) {
            throw new SendProblem(
                    file + " holds no places of `send --follow`; name another file with --state, or delete it to send"
                            + " every file from its beginning",
                    e);
        }
        return places;
    }

    /** The places of one path, the oldest first. */
    List<Place> of(Path path) {
        return kept.stream()
                .filter(place -> place.path().equals(path.toString()))
                .toList();
    }

    /**
     * Keeps these, and those of paths that are not followed now.
     *
     * @param followed all paths that these are places of
     */
    void keep(List<Path> followed, List<Place> places) throws IOException {
        List<Place> all = new ArrayList<>(kept);
        all.removeIf(place -> followed.stream().anyMatch(path -> place.path().equals(path.toString())));
        all.addAll(places);
        if (!all.equals(kept)) {
            PrivateFile.write(file, json(all));
            kept = all;
        }
    }

    private static String json(List<Place> places) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode array = root.putArray("places");
        for (Place place : places) {
            array.addObject()
                    .put("file", place.path())
                    .put("inode", place.inode())
                    .put("offset", place.offset())
                    .put("print", HexFormat.of().toHexDigits(place.print()));
        }
        return root.toPrettyString() + "\n";
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
