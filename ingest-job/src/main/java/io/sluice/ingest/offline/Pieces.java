package io.sluice.ingest.offline;

import io.sluice.ingest.parse.ByteSearch;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Continuation;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.Records;
import io.sluice.ingest.parse.SourceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one input into pieces that never split a record; offline reading and {@code send} share it, so both join the
 * same lines.
 *
 * <p>A piece has at most {@value #MAX_LINES} lines and {@value #MAX_BYTES} bytes, or is one longer line. Under
 * {@link Framing.Whole} all of the input is one piece that counts as one line. Memory does not grow with the input: of
 * a line above the limit for records only as much is kept as shows that it is too large.
 *
 * <p>Not thread-safe.
 */
public final class Pieces {
    /** Lines of a piece at most. */
    public static final int MAX_LINES = Records.MAX_JOINED_LINES;
    /** Bytes of a piece at most, if it has more than one line. */
    public static final int MAX_BYTES = Records.MAX_JOINED_BYTES;

    /** One byte above the limit, and one more that may be a CR and then does not count. */
    private static final int KEPT_BYTES = ParseLimits.DEFAULT.maxBytes() + 2;
    /** The text within a JSON line may be at the limit and its escapes longer; a Kafka record ends at 2 MiB. */
    private static final int KEPT_JSON_BYTES = 2 * 1024 * 1024 - 64 * 1024;

    private static final int READ_BYTES = 512 * 1024;

    private final InputStream in;
    private final SourceOptions options;
    private final boolean joins;
    private final int kept;

    private byte[] buffer = new byte[READ_BYTES];
    /** First byte of the piece, of the line looked at, and behind what was read. */
    private int start;

    private int lineStart;
    private int end;
    /** Bytes of the input before the buffer, those thrown away among them. */
    private long before;

    private boolean ended;
    private @Nullable IOException failure;

    private long firstLine;
    private int lines;
    /** Where the record begins that the next line may continue, how many lines it has, and those before it. */
    private int recordStart;

    private int recordLines;
    private int recordFirst;

    /** @param in read in large chunks; not closed */
    public Pieces(InputStream in, SourceOptions options) {
        this.in = in;
        this.options = options;
        this.joins = options.framing() instanceof Framing.Line && Continuation.isJoinedIn(options.format());
        this.kept = options.framing() instanceof Framing.JsonLines ? KEPT_JSON_BYTES : KEPT_BYTES;
    }

    /**
     * The next piece, or null at the end.
     *
     * @throws IOException if reading failed; the whole lines before that were handed out first
     */
    public @Nullable Piece next() throws IOException {
        Piece piece = options.framing() instanceof Framing.Whole ? whole() : someLines();
        if (failure != null && (piece == null || options.framing() instanceof Framing.Whole)) {
            throw failure;
        }
        return piece;
    }

    /** How many bytes of the input the lines handed out so far take up, what was cut off among them. */
    public long consumed() {
        return before + lineStart;
    }

    private @Nullable Piece whole() {
        if (ended) {
            return null;
        }
        while (end <= kept && fill()) {
            // Until there is enough to say that it is too large.
        }
        ended = true;
        return new Piece(new Bytes(buffer, 0, Math.min(end, kept)), 0, 1, end > kept);
    }

    private @Nullable Piece someLines() {
        begin();
        while (true) {
            int lf = lineEnd();
            if (lf < 0) {
                return take(lineStart, lineStart, lines, false);
            }
            if (lf == lineStart && lf == end) {
                return lines == 0 ? null : take(end, end, lines, false);
            }
            int to = lf > lineStart && lf < end && buffer[lf - 1] == '\r' ? lf - 1 : lf;
            if (lines > 0 && (lines == MAX_LINES || to - start > MAX_BYTES)) {
                boolean splits = recordStart > start && continuesRecord(to);
                int cut = splits ? recordStart : lineStart;
                return take(cut, cut, splits ? recordFirst : lines, false);
            }
            add(to);
            int next = Math.min(lf + 1, end);
            if (lf - lineStart > kept) {
                return take(lineStart + kept, next, 1, true);
            }
            lineStart = next;
        }
    }

    private void begin() {
        start = lineStart;
        recordStart = start;
        recordLines = 0;
        recordFirst = 0;
        lines = 0;
    }

    /** Counts the line that ends at {@code to} in; it begins a record if it continues none. */
    private void add(int to) {
        if (joins) {
            if (continuesRecord(to)) {
                recordLines++;
            } else {
                recordStart = lineStart;
                recordFirst = lines;
                recordLines = to == lineStart ? 0 : 1;
            }
        }
        lines++;
    }

    /** Whether the line that ends at {@code to} continues the record, decided as {@link Records} does. */
    private boolean continuesRecord(int to) {
        return joins
                && recordLines > 0
                && recordLines < MAX_LINES
                && to - recordStart <= MAX_BYTES
                && Continuation.is(buffer, recordStart, lineStart, to)
                && (recordLines > 1 || Continuation.mayFollow(buffer, recordStart, recordLineEnd(), options.format()));
    }

    /** Where the first line of the record ends. */
    private int recordLineEnd() {
        int at = recordStart;
        while (buffer[at] != '\n') {
            at++;
        }
        return at > recordStart && buffer[at - 1] == '\r' ? at - 1 : at;
    }

    private Piece take(int to, int next, int count, boolean cutShort) {
        Piece piece = new Piece(new Bytes(buffer, start, to), firstLine, count, cutShort);
        firstLine += count;
        lineStart = next;
        return piece;
    }

    /**
     * Where the line at {@link #lineStart} ends: at its LF or at the end of the input.
     *
     * @return -1 if the line is too long to stand in one piece with those before it
     */
    private int lineEnd() {
        int looked = 0;
        while (true) {
            int at = ByteSearch.first(buffer, '\n', lineStart + looked, end);
            if (at < end) {
                return at;
            }
            looked = at - lineStart;
            if (lines > 0 && looked > MAX_BYTES + 1) {
                return -1;
            }
            if (looked > kept) {
                skipLine();
                return lineStart + kept + 1;
            }
            if (!fill()) {
                return end;
            }
        }
    }

    /** Throws away all of a line but the {@link #kept} bytes at its beginning and one that shows there were more. */
    private void skipLine() {
        int keep = lineStart + kept + 1;
        before += end - keep;
        end = keep;
        while (fill()) {
            keep = lineStart + kept + 1;
            int lf = ByteSearch.first(buffer, '\n', keep, end);
            if (lf < end) {
                System.arraycopy(buffer, lf, buffer, keep, end - lf);
                before += lf - keep;
                end -= lf - keep;
                return;
            }
            before += end - keep;
            end = keep;
        }
    }

    /** Reads on; what stands before the piece makes room. */
    private boolean fill() {
        if (ended) {
            return false;
        }
        if (end == buffer.length) {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                moveBack(start);
            } else {
                buffer = Arrays.copyOf(buffer, buffer.length + READ_BYTES);
            }
        }
        int read = read();
        if (read < 0) {
            ended = true;
            return false;
        }
        end += read;
        return true;
    }

    private int read() {
        try {
            return in.read(buffer, end, buffer.length - end);
        } catch (IOException e) {
            failure = e;
            // Half a line is no record.
            end = lineStart;
            return -1;
        }
    }

    private void moveBack(int by) {
        start -= by;
        lineStart -= by;
        recordStart -= by;
        end -= by;
        before += by;
    }
}
