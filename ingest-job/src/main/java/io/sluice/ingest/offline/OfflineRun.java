package io.sluice.ingest.offline;

import io.sluice.ingest.parse.SourceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one after another in pieces, lets a verb work on each, and writes what it printed.
 *
 * <p>Memory does not grow with the input. A file that cannot be read is reported and the next one is read. Not
 * thread-safe.
 */
public final class OfflineRun {
    private static final int WRITE_BYTES = 256 * 1024;

    private final List<String> files;
    private final Path folder;
    private final InputStream standardInput;
    private final SourceOptions options;
    private final Listener listener;

    /** Hears how a run goes on. */
    public interface Listener {
        /** This much of an input has been read; {@code size} is -1 if it is not known. */
        void read(String name, long bytes, long size);

        /** One input could not be read to its end. */
        void unreadable(UnreadableInput problem);
    }

    /**
     * @param files names, {@code -} for standard input
     * @param folder where relative names begin
     */
    public OfflineRun(
            List<String> files, Path folder, InputStream standardInput, SourceOptions options, Listener listener) {
        this.files = List.copyOf(files);
        this.folder = folder;
        this.standardInput = standardInput;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Runs to the end of the last input.
     *
     * @param balance counts as it goes, also for a run that fails
     * @return whether every input was read to its end
     * @throws OutputFailure if the results cannot be written
     */
    public boolean run(PieceWork work, Page page, Balance balance, OutputStream out) throws OutputFailure {
        boolean complete = true;
        for (String file : files) {
            page.file(file);
            try (Input input = Input.open(file, folder, standardInput)) {
                Pieces pieces = new Pieces(input.stream(), options);
                for (Piece piece = next(pieces, file); piece != null; piece = next(pieces, file)) {
                    balance.lines(piece.lines());
                    page.piece(piece);
                    work.work(piece, page, balance);
                    if (page.length() >= WRITE_BYTES) {
                        write(page, out);
                    }
                    listener.read(file, input.bytesRead(), input.size());
                }
            } catch (UnreadableInput e) {
                complete = false;
                listener.unreadable(e);
            } catch (IOException e) {
                complete = false;
                listener.unreadable(UnreadableInput.of(file, e));
            }
        }
        write(page, out);
        return complete;
    }

    private static @Nullable Piece next(Pieces pieces, String file) throws UnreadableInput {
        try {
            return pieces.next();
        } catch (IOException e) {
            throw UnreadableInput.of(file, e);
        }
    }

    private static void write(Page page, OutputStream out) throws OutputFailure {
        try {
            page.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new OutputFailure(e);
        }
    }
}
