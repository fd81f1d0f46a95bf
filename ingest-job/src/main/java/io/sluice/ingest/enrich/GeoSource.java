package io.sluice.ingest.enrich;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a database comes from: the class path, or a configured file, which somebody may replace while it is in use.
 *
 * <p>Guarantees: a file that is damaged, of another kind, half written or gone leaves the database in use that was read
 * before, and is logged once. Does not guarantee: that a change is seen which leaves size, time and place of the file as
 * they were. Safe to use from several threads.
 */
final class GeoSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GeoSource.class);

    private final Wanted wanted;
    private volatile GeoDatabase database;
    private @Nullable Mark seen;

    /**
     * Which database is wanted.
     *
     * @param file the configured file, or null for the resource
     * @param unpackInto folder for the resource, or null to read it into the heap
     * @param resource name on the class path
     * @param what its kinds in words, for messages
     * @param kinds those it may be of
     */
    record Wanted(
            @Nullable Path file, @Nullable Path unpackInto, String resource, String what, GeoDatabase.Kind... kinds) {}

    /** What tells one version of a file from another. */
    private record Mark(long size, FileTime modified, @Nullable Object key) {
        static @Nullable Mark of(@Nullable Path file) {
            try {
                if (file == null) {
                    return null;
                }
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Mark(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
            } catch (IOException e) {
                return null;
            }
        }
    }

    private GeoSource(Wanted wanted, GeoDatabase database, @Nullable Mark seen) {
        this.wanted = wanted;
        this.database = database;
        this.seen = seen;
    }

    /**
     * Opens it.
     *
     * @return empty if no file is configured and the class path has none
     * @throws IllegalArgumentException if it cannot be read, or is none of the wanted kinds
     */
    static Optional<GeoSource> open(Wanted wanted) {
        Mark seen = Mark.of(wanted.file());
        return GeoDatabase.open(wanted).map(database -> new GeoSource(wanted, database, seen));
    }

    /** The one in use. */
    GeoDatabase database() {
        return database;
    }

    /** Whether it may be replaced. */
    boolean isFile() {
        return wanted.file() != null;
    }

    /** Looks at its file, and takes another database into use if there is a good one. */
    synchronized void refresh() {
        // Looked at before it is read: what is written in between is seen the next time.
        Mark now = Mark.of(wanted.file());
        if (!isFile() || Objects.equals(now, seen)) {
            return;
        }
        seen = now;
        try {
            // The old one is not closed: a task may be looking something up. It lies in the heap and goes with it.
            GeoDatabase.open(wanted).ifPresent(opened -> database = opened);
            LOG.info("geo database {} was replaced; the new one is of {}", database.name(), database.builtAt());
        } catch (IllegalArgumentException e) {
            LOG.warn("{}; until then the one of {} stays in use", e.getMessage(), database.builtAt());
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
