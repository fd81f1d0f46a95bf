package io.sluice.tests.leakage;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyInputStream;

/** The forms in which a store packs what it holds, each known by its first bytes. */
enum Packing {
    GZIP("1f8b08") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("gzip", new GZIPInputStream(in));
        }
    },
    ZSTD("28b52ffd") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("zstd", new ZstdInputStream(in));
        }
    },
    LZ4_FRAME("04224d18") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("lz4", new LZ4FrameInputStream(in));
        }
    },
    SNAPPY_FRAME("ff060000734e61507059") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("snappy", new SnappyFramedInputStream(in));
        }
    },
    SNAPPY_XERIAL("82534e4150505900") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("snappy", new SnappyInputStream(in));
        }
    },
    /** Elasticsearch's own, for mappings and cluster state. */
    ELASTICSEARCH_DEFLATE("44464c00") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            in.skipNBytes(4);
            into.part("deflate", new InflaterInputStream(in, new Inflater(true)));
        }
    },
    ZLIB_FAST("7801") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("zlib", new InflaterInputStream(in));
        }
    },
    ZLIB("789c") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("zlib", new InflaterInputStream(in));
        }
    },
    ZLIB_BEST("78da") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            into.part("zlib", new InflaterInputStream(in));
        }
    },
    ZIP("504b0304") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                into.part("zip entry " + entry.getName(), zip);
            }
        }
    },
    AVRO_FILE("4f626a01") {
        @Override
        void unpack(InputStream in, Into into) throws IOException {
            DataFileStream<GenericRecord> avro = new DataFileStream<>(in, new GenericDatumReader<>());
            for (GenericRecord record : avro) {
                each(record, into);
            }
        }
    };

    /** Takes what was packed; it reads each part to its end before it comes back. */
    @FunctionalInterface
    interface Into {
        void part(String name, InputStream in) throws IOException;
    }

    private static final int LONGEST = 10;

    private final byte[] begin;

    Packing(String begin) {
        this.begin = HexFormat.of().parseHex(begin);
    }

    /** The packing of what begins so. */
    static Optional<Packing> of(byte[] head) {
        return Arrays.stream(values())
                .filter(packing -> head.length > packing.begin.length
                        && Arrays.equals(head, 0, packing.begin.length, packing.begin, 0, packing.begin.length))
                .findFirst();
    }

    /** As many bytes as are needed to know a packing. */
    static byte[] head(InputStream in) throws IOException {
        return in.readNBytes(LONGEST + 1);
    }

    abstract void unpack(InputStream in, Into into) throws IOException;

    /** Every text and every bytes in a record, each by itself, so that packed ones can be unpacked in their turn. */
    private static void each(@Nullable Object value, Into into) throws IOException {
        if (value instanceof GenericRecord record) {
            for (var field : record.getSchema().getFields()) {
                each(record.get(field.pos()), into);
            }
        } else if (value instanceof Iterable<?> items) {
            for (Object item : items) {
                each(item, into);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                each(entry.getKey(), into);
                each(entry.getValue(), into);
            }
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            into.part("avro bytes", new ByteArrayInputStream(copy));
        } else if (value instanceof GenericFixed fixed) {
            into.part("avro fixed", new ByteArrayInputStream(fixed.bytes()));
        } else if (value != null) {
            into.part("avro text", new ByteArrayInputStream(value.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
