package io.sluice.ingest.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.RecordSink;
import io.sluice.ingest.parse.Records;
import io.sluice.ingest.parse.SourceOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    private static final String ACCESS = "192.0.2.1 - - [10/Jan/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 1";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRecordIsTheSameWhetherTheInputComesWholeOrInPieces(long seed) throws IOException {
        byte[] input = randomLines(new Random(seed)).getBytes(StandardCharsets.UTF_8);
        for (LogFormat format : List.of(LogFormat.AUTO, LogFormat.TEXT, LogFormat.COMBINED)) {
            SourceOptions options = SourceOptions.DEFAULT.withFormat(format);
            List<String> whole = new ArrayList<>();
            Records.cut(Bytes.of(input), options, new Noting(0, whole));
            List<String> pieced = new ArrayList<>();
            for (Piece piece : all(new Pieces(new Trickle(input, seed), options))) {
                Records.cut(piece.value(), options, new Noting(piece.line(), pieced));
            }
            assertEquals(whole, pieced);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void saysHowMuchOfTheInputThePiecesTakeUp(long seed) throws IOException {
        String some = randomLines(new Random(seed));
        byte[] input =
                (some + "x".repeat(3 << 20) + "\n" + some + "y".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8);
        Pieces pieces = new Pieces(new Trickle(input, seed), SourceOptions.DEFAULT);
        long consumed = 0;
        int cutShort = 0;
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            byte[] there = Arrays.copyOfRange(
                    input, (int) consumed, (int) consumed + piece.value().length());
            assertEquals(Bytes.of(there), piece.value());
            consumed += piece.cutShort() ? 0 : piece.value().length();
            cutShort += piece.cutShort() ? 1 : 0;
            assertTrue(piece.cutShort() || pieces.consumed() == consumed);
            consumed = pieces.consumed();
            assertTrue(consumed == input.length || input[(int) consumed - 1] == '\n');
        }
        assertEquals(input.length, consumed);
        assertEquals(2, cutShort);
    }

    private static String randomLines(Random random) {
        StringBuilder lines = new StringBuilder();
        String[] continuations = {"\tat x.Y.z(Y.java:1)", "  more", "Caused by: x", "... 3 more"};
        for (int record = 0; record < 400; record++) {
            String first = List.of("ERROR something", ACCESS, "{\"a\":1}", "", "word".repeat(random.nextInt(200)))
                    .get(random.nextInt(5));
            lines.append(first).append(random.nextInt(4) == 0 ? "\r\n" : "\n");
            int more = random.nextInt(12) == 0 ? random.nextInt(1200) : random.nextInt(3);
            for (int i = 0; i < more; i++) {
                lines.append(continuations[random.nextInt(4)]);
                lines.append("x".repeat(random.nextInt(30) == 0 ? random.nextInt(20_000) : 0));
                lines.append(random.nextInt(4) == 0 ? "\r\n" : "\n");
            }
        }
        return random.nextBoolean() ? lines.toString() : lines.append("last").toString();
    }

    @Test
    void piecesKeepTheirLimits() throws IOException {
        byte[] input = ("x".repeat(900) + "\n").repeat(3000).getBytes(StandardCharsets.UTF_8);
        List<Piece> pieces = all(new Pieces(new ByteArrayInputStream(input), SourceOptions.DEFAULT));
        assertEquals(3000, pieces.stream().mapToInt(Piece::lines).sum());
        for (Piece piece : pieces) {
            assertTrue(piece.lines() <= Pieces.MAX_LINES);
            assertTrue(piece.value().length() <= Pieces.MAX_BYTES + 1, "but for the last LF");
        }
    }

    @Test
    void linesAreNumberedThroughTheFile() throws IOException {
        byte[] input = "a\n".repeat(1234).getBytes(StandardCharsets.UTF_8);
        List<Piece> pieces = all(new Pieces(new ByteArrayInputStream(input), SourceOptions.DEFAULT));
        assertEquals(List.of(0L, 500L, 1000L), pieces.stream().map(Piece::line).toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHugeLineIsCutShortAndTheNextOneIsWhole(boolean ended) throws IOException {
        InputStream huge = new Repeated((byte) 'x', 300_000_000L);
        InputStream rest = new ByteArrayInputStream((ended ? "\nafter\n" : "").getBytes(StandardCharsets.UTF_8));
        InputStream before = new ByteArrayInputStream("before\n".getBytes(StandardCharsets.UTF_8));
        SequenceInputStream input = new SequenceInputStream(before, new SequenceInputStream(huge, rest));
        List<Piece> pieces = all(new Pieces(input, SourceOptions.DEFAULT));

        assertEquals(ended ? 3 : 2, pieces.size());
        assertEquals("before\n", pieces.get(0).value().text());
        assertTrue(pieces.get(1).cutShort());
        assertEquals(1, pieces.get(1).lines());
        int length = pieces.get(1).value().length();
        assertTrue(length > ParseLimits.DEFAULT.maxBytes() && length <= ParseLimits.DEFAULT.maxBytes() + 2);
        if (ended) {
            assertEquals("after\n", pieces.get(2).value().text());
            assertEquals(2, pieces.get(2).line());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 3})
    void whatIsTooLargeDoesNotDependOnHowItIsRead(int above) throws IOException {
        String line = "x".repeat(ParseLimits.DEFAULT.maxBytes() + above);
        for (String end : List.of("\n", "\r\n", "")) {
            byte[] input = (line + end + (end.isEmpty() ? "" : "y\n")).getBytes(StandardCharsets.UTF_8);
            for (InputStream in : List.of(new ByteArrayInputStream(input), new Trickle(input, 1))) {
                List<Integer> lengths = new ArrayList<>();
                for (Piece piece : all(new Pieces(in, SourceOptions.DEFAULT))) {
                    Records.cut(piece.value(), SourceOptions.DEFAULT, new Lengths(lengths));
                }
                assertEquals(above > 0, lengths.get(0) > ParseLimits.DEFAULT.maxBytes());
                assertEquals(end.isEmpty() ? 1 : 2, lengths.size());
            }
        }
    }

    @Test
    void aWholeFileIsOnePieceAndOneLine() throws IOException {
        SourceOptions options = SourceOptions.DEFAULT.withFraming(Framing.WHOLE);
        Pieces pieces = new Pieces(new ByteArrayInputStream("a\n\nb\n".getBytes(StandardCharsets.UTF_8)), options);
        Piece piece = pieces.next();
        assertNotNull(piece);
        assertEquals("a\n\nb\n", piece.value().text());
        assertEquals(1, piece.lines());
        assertNull(pieces.next());

        Piece huge = new Pieces(new Repeated((byte) 'x', 300_000_000L), options).next();
        assertNotNull(huge);
        assertTrue(huge.cutShort());
    }

    @Test
    void anEmptyInputHasNoPieces() throws IOException {
        assertNull(new Pieces(InputStream.nullInputStream(), SourceOptions.DEFAULT).next());
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void wholeLinesBeforeAFailureAreHandedOutAndHalfOnesAreNot(LogFormat format) throws IOException {
        InputStream input = new SequenceInputStream(
                new ByteArrayInputStream("one\ntwo\nhal".getBytes(StandardCharsets.UTF_8)), new Failing());
        Pieces pieces = new Pieces(input, SourceOptions.DEFAULT.withFormat(format));
        if (format.isBinary()) {
            assertThrows(IOException.class, pieces::next, "it has no lines, and half of a record is none");
            return;
        }
        Piece piece = pieces.next();
        assertNotNull(piece);
        assertEquals("one\ntwo\n", piece.value().text());
        assertFalse(piece.cutShort());
        assertThrows(IOException.class, pieces::next);
    }

    private static List<Piece> all(Pieces pieces) throws IOException {
        List<Piece> all = new ArrayList<>();
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            Bytes copy = Bytes.of(piece.value().copy());
            all.add(new Piece(copy, piece.line(), piece.lines(), piece.cutShort()));
        }
        return all;
    }

    private record Noting(long firstLine, List<String> notes) implements RecordSink {
        @Override
        public void record(int line, int lines, Bytes record) {
            notes.add((firstLine + line) + "+" + lines + ":" + record.text());
        }

        @Override
        public void blank(int line) {
            notes.add((firstLine + line) + ": blank");
        }

        @Override
        public void noText(int line, Bytes record) {
            notes.add((firstLine + line) + ": no text");
        }
    }

    private record Lengths(List<Integer> lengths) implements RecordSink {
        @Override
        public void record(int line, int lines, Bytes record) {
            lengths.add(record.length());
        }

        @Override
        public void blank(int line) {
            lengths.add(0);
        }

        @Override
        public void noText(int line, Bytes record) {
            lengths.add(-1);
        }
    }

    /** Gives what there is in bits of random size. */
    private static final class Trickle extends InputStream {
        private final ByteArrayInputStream in;
        private final Random random;

        Trickle(byte[] bytes, long seed) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = new Random(seed);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return in.read(into, from, Math.min(length, 1 + random.nextInt(random.nextInt(10) == 0 ? 200_000 : 3000)));
        }
    }

    /** One byte, very often. */
    private static final class Repeated extends InputStream {
        private final byte value;
        private long left;

        Repeated(byte value, long count) {
            this.value = value;
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int count = (int) Math.min(length, left);
            java.util.Arrays.fill(into, from, from + count, value);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }

    private static final class Failing extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("planted");
        }
    }
}
