package io.sluice.tests.leakage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.sluice.tests.leakage.Canaries.Canary;
import io.sluice.tests.leakage.Canaries.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/** The sweep finds what it is meant to find: otherwise its silence would mean nothing. */
class SweepTest {
    @TempDir
    private Path folder;

    private final Canaries canaries = new Canaries(1);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsEveryKindInEverySpelling(Kind kind) {
        Canary canary = canaries.plant(kind, "a place");
        String text = canary.text();
        for (String before : List.of("", "x", "xy", "xyz", "a longer text ")) {
            for (String spelled : List.of(
                    before + text + " after",
                    before + text.toUpperCase(Locale.ROOT),
                    URLEncoder.encode(before + text, StandardCharsets.UTF_8),
                    before + percent(text),
                    before + percent(percent(text)),
                    base64(before + text + "z"),
                    base64(before + text.toUpperCase(Locale.ROOT)),
                    Base64.getUrlEncoder().encodeToString(utf8(before + text)),
                    base64(base64(before + text) + " and more"),
                    percent(base64(before + text)),
                    base64(percent(text)),
                    HexFormat.of().withUpperCase().formatHex(utf8(before + text)))) {
                assertEquals(Set.of(canary), found(utf8(spelled)), spelled);
                for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                    assertEquals(Set.of(canary), found(spelled.getBytes(charset)), spelled);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsItHashedWithoutAKey(Kind kind) throws Exception {
        Canary canary = canaries.plant(kind, "a place");
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(utf8(canary.text()));
            assertEquals(Set.of(canary), found(digest));
            assertEquals(Set.of(canary), found(utf8(HexFormat.of().formatHex(digest))));
            assertEquals(Set.of(canary), found(utf8(Base64.getEncoder().encodeToString(digest))));
        }
    }

    @Test
    void findsAddressesAndNumbersAsProgramsStoreThem() throws Exception {
        Canary four = canaries.plant(Kind.IPV4, "a place");
        Canary six = canaries.plant(Kind.IPV6, "a place");
        Canary card = canaries.plant(Kind.CARD, "a place");
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = -1;
        System.arraycopy(InetAddress.getByName(four.text()).getAddress(), 0, mapped, 12, 4);
        assertEquals(Set.of(four), found(mapped));
        assertEquals(Set.of(six), found(InetAddress.getByName(six.text()).getAddress()));
        long number = Long.parseLong(card.text());
        assertEquals(Set.of(card), found(ByteBuffer.allocate(8).putLong(number).array()));
        assertEquals(
                Set.of(card),
                found(ByteBuffer.allocate(8).putLong(number ^ Long.MIN_VALUE).array()));
        ByteArrayOutputStream avro = new ByteArrayOutputStream();
        var encoder = org.apache.avro.io.EncoderFactory.get().directBinaryEncoder(avro, null);
        encoder.writeLong(number);
        assertEquals(Set.of(card), found(avro.toByteArray()));
        assertEquals(Set.of(card), found(utf8(card.text().replaceAll("(....)", "$1 "))));
    }

    /** However it is cut into pieces. */
    @Test
    void findsItAcrossPieces() {
        Canary canary = canaries.plant(Kind.EMAIL, "a place");
        byte[] text = utf8("x".repeat(300) + canary.text() + "y".repeat(300));
        for (int piece = 1; piece < 40; piece++) {
            Needles.Pass pass = needles().pass();
            for (int at = 0; at < text.length; at += piece) {
                pass.feed(text, at, Math.min(text.length, at + piece));
            }
            assertEquals(Set.of(canary), pass.found());
        }
    }

    @Test
    void findsItInPackedFilesAndInNames() throws Exception {
        byte[] text = utf8(canaries.plant(Kind.LOGIN, "a place").text().repeat(20));
        write("gzip", packed(text, GZIPOutputStream::new));
        write("zstd", Zstd.compress(text));
        write("zstd-stream", packed(text, ZstdOutputStream::new));
        write("lz4", packed(text, LZ4FrameOutputStream::new));
        write("snappy-frame", packed(text, SnappyFramedOutputStream::new));
        write("snappy-xerial", packed(text, SnappyOutputStream::new));
        write("zlib", packed(text, DeflaterOutputStream::new));
        write("zlib-best", packed(text, out -> new DeflaterOutputStream(out, new Deflater(9))));
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        state.write(utf8("DFL\0"));
        state.write(packed(text, out -> new DeflaterOutputStream(out, new Deflater(9, true))));
        write("elasticsearch-deflate", state.toByteArray());
        write("zip", packed(text, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("a"));
            return zip;
        }));
        write("gzip-in-gzip", packed(packed(text, GZIPOutputStream::new), GZIPOutputStream::new));
        write("avro", avro(Zstd.compress(text)));
        Files.writeString(folder.resolve("name-" + canaries.planted().get(0).text()), "nothing");
        Sweep sweep = new Sweep(needles()).folder(folder);
        assertEquals(List.of(), sweep.notUnpacked());
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertTrue(
                        sweep.hits().values().iterator().next().stream()
                                .anyMatch(where -> where.contains(
                                        file + (file.getFileName().toString().startsWith("name") ? "" : " ("))),
                        file + " in " + sweep.hits());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void findsItInTheBatchesOfATopic(CompressionType type) throws IOException {
        Canary canary = canaries.plant(Kind.CLIENT, "a place");
        Path segment = folder.resolve("00000000000000000000.log");
        try (FileRecords records = FileRecords.open(segment.toFile())) {
            records.append(MemoryRecords.withRecords(
                    Compression.of(type).build(),
                    new SimpleRecord(utf8("key"), utf8(canary.text().repeat(9)))));
        }
        Sweep sweep = new Sweep(needles()).kafkaSegment(segment);
        assertTrue(
                sweep.hits().getOrDefault(canary, Set.of()).stream().anyMatch(where -> where.endsWith("value")),
                sweep.hits().toString());
    }

    @Test
    void findsItInWhatLuceneStillHoldsOfADeletedDocument() throws Exception {
        Canary canary = canaries.plant(Kind.TOKEN, "a place");
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer =
                        new IndexWriter(directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
            for (int i = 0; i < 2; i++) {
                Document document = new Document();
                document.add(new StringField("id", "" + i, Field.Store.NO));
                // A value of its own within many alike is split into pieces when it is packed.
                document.add(
                        new StoredField("f", new Random(i).nextInt() + (i == 0 ? canary.text() : "") + "tokenqbcd"));
                writer.addDocument(document);
            }
            writer.commit();
            writer.deleteDocuments(new Term("id", "0"));
            writer.commit();
        }
        Sweep sweep = new Sweep(needles());
        assertEquals(1, LuceneFolders.sweep(folder, sweep));
        assertEquals(Set.of(canary), sweep.hits().keySet());
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        for (int i = 0; i < 40; i++) {
            for (Kind kind : Kind.values()) {
                canaries.plant(kind, "a place");
            }
        }
        byte[] noise = new byte[16 << 20];
        new Random(4).nextBytes(noise);
        Sweep sweep = new Sweep(needles()).bytes("noise", noise);
        assertEquals(Map.of(), sweep.hits());
        assertEquals(noise.length, sweep.lookedAt());
    }

    private Needles needles() {
        return new Needles(canaries.planted());
    }

    private Set<Canary> found(byte[] bytes) {
        return new Sweep(needles()).bytes("here", bytes).hits().keySet();
    }

    /** Wraps a stream so that it packs. */
    @FunctionalInterface
    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] bytes, Packer packer) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packer.over(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] avro(byte[] value) throws IOException {
        var schema = SchemaBuilder.record("R").fields().requiredBytes("b").endRecord();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.deflateCodec(5)).create(schema, file);
            GenericRecord record = new GenericData.Record(schema);
            record.put("b", ByteBuffer.wrap(value));
            writer.append(record);
        }
        return file.toByteArray();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static String percent(String text) {
        return HexFormat.of().withUpperCase().withPrefix("%").formatHex(utf8(text));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
