package io.sluice.ingest.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import com.maxmind.geoip2.DatabaseReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One opened MaxMind database, read-only and safe to use from several threads.
 *
 * @param reader the database
 * @param name where it came from, for health and messages
 * @param kind what it tells of an address
 * @param builtAt when MaxMind, or whoever made it, built it
 */
record GeoDatabase(DatabaseReader reader, String name, Kind kind, Instant builtAt) implements AutoCloseable {
    /** What a database tells of an address. */
    enum Kind {
        CITY,
        COUNTRY,
        ASN,
        OTHER;

        static Kind of(String databaseType) {
            String type = databaseType.toLowerCase(Locale.ROOT);
            if (type.contains("city") || type.contains("enterprise")) {
                return CITY;
            }
            return type.contains("country") ? COUNTRY : type.contains("asn") ? ASN : OTHER;
        }
    }

    /**
     * Opens the configured file or, without one, the database on the class path.
     *
     * @return empty if none is configured and the class path has none
     * @throws IllegalArgumentException if it cannot be read, or is none of the wanted ones
     */
    static Optional<GeoDatabase> open(GeoSource.Wanted wanted) {
        // Into the heap: a file of others that is written over while it is mapped would take the process with it.
        Optional<GeoDatabase> database = wanted.file() == null
                ? fromClassPath(wanted.resource(), wanted.unpackInto())
                : Optional.of(fromFile(wanted.file(), Reader.FileMode.MEMORY));
        database.ifPresent(opened -> {
            if (!List.of(wanted.kinds()).contains(opened.kind)) {
                opened.close();
                throw new IllegalArgumentException("geo database " + opened.name + " is no " + wanted.what()
                        + " database; configure another file, or none for the one that comes with Sluice");
            }
        });
        return database;
    }

    private static GeoDatabase fromFile(Path file, Reader.FileMode mode) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("geo database " + file
                    + " is not there or cannot be read; configure another file, or none for the one that comes with"
                    + " Sluice");
        }
        try {
            return of(
                    caching(new DatabaseReader.Builder(file.toFile()).fileMode(mode))
                            .build(),
                    file.toString());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("geo database " + file
                    + " is damaged or no MaxMind database (.mmdb); fetch it again, or configure none for the one that"
                    + " comes with Sluice");
        }
    }

    private static Optional<GeoDatabase> fromClassPath(String resource, @Nullable Path unpackInto) {
        URL url = GeoDatabase.class.getResource("/" + resource);
        if (url == null) {
            return Optional.empty();
        }
        if (unpackInto != null) {
            return Optional.of(fromFile(unpacked(url, unpackInto.resolve(resource)), Reader.FileMode.MEMORY_MAPPED));
        }
        try (InputStream stream = url.openStream()) {
            return Optional.of(of(caching(new DatabaseReader.Builder(stream)).build(), resource));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the geo database " + resource + " on the class path is damaged; build Sluice again");
        }
    }

    /** The resource as a file; several processes may unpack it at once, for it comes to its name whole. */
    private static Path unpacked(URL resource, Path file) {
        Path part = null;
        try {
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false);
            try (InputStream stream = connection.getInputStream()) {
                if (Files.exists(file) && Files.size(file) == connection.getContentLengthLong()) {
                    return file;
                }
                Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
                part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
                Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            deleteQuietly(part);
            throw new IllegalArgumentException("the geo database cannot be unpacked to " + file
                    + "; make the folder writable and see that 80 MB are free");
        }
    }

    private static void deleteQuietly(@Nullable Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // The folder is what failed; the message about it says enough.
        }
    }

    /** Countries and regions stand in a database once, and every network points to them: they are decoded once. */
    private static DatabaseReader.Builder caching(DatabaseReader.Builder builder) {
        return builder.withCache(new CHMCache());
    }

    private static GeoDatabase of(DatabaseReader reader, String name) {
        return new GeoDatabase(
                reader,
                name,
                Kind.of(reader.metadata().databaseType()),
                reader.metadata().buildTime());
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            // Nothing was written, and the file's memory goes with the reader.
        }
    }
}
