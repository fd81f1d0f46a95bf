package io.sluice.ingest.carry;

import io.sluice.schema.OwnTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * The type of a record of ours that Avro generated. On an edge it is its length and Avro's binary form; both ends are of
 * the same program, so no schema goes along.
 *
 * @param <T> generated class
 */
public final class AvroType<T extends SpecificRecord> extends TypeInformation<T> {
    private static final long serialVersionUID = 1;

    private final Class<T> type;

    public AvroType(Class<T> type) {
        this.type = type;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new Serializer<>(type);
    }

    @Override
    public String toString() {
        return "AvroType[" + type.getSimpleName() + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AvroType<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof AvroType<?>;
    }

    /** Length, then Avro's binary form. Not thread-safe, as Flink's serializers are. */
    static final class Serializer<T extends SpecificRecord> extends TypeSerializer<T> {
        static {
            OwnTypes.trust();
        }

        private static final long serialVersionUID = 1;

        private final Class<T> type;
        // Made at first use: they do not travel with the serializer.
        private transient @Nullable SpecificDatumWriter<T> writer;
        private transient @Nullable SpecificDatumReader<T> reader;
        private transient @Nullable BinaryEncoder encoder;
        private transient @Nullable BinaryDecoder decoder;

        Serializer(Class<T> type) {
            this.type = type;
        }

        private Schema schema() {
            return SpecificData.get().getSchema(type);
        }

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public TypeSerializer<T> duplicate() {
            return new Serializer<>(type);
        }

        @Override
        public T createInstance() {
            return InstantiationUtil.instantiate(type);
        }

        @Override
        public T copy(T from) {
            return SpecificData.getForClass(type).deepCopy(schema(), from);
        }

        @Override
        public T copy(T from, T reuse) {
            return copy(from);
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(T record, DataOutputView target) throws IOException {
            SpecificDatumWriter<T> writing = writer == null ? new SpecificDatumWriter<>(type) : writer;
            writer = writing;
            ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
            BinaryEncoder encoding = EncoderFactory.get().binaryEncoder(buffer, encoder);
            encoder = encoding;
            writing.write(record, encoding);
            encoding.flush();
            target.writeInt(buffer.size());
            target.write(buffer.toByteArray());
        }

        @Override
        public T deserialize(DataInputView source) throws IOException {
            SpecificDatumReader<T> reading = reader == null ? new SpecificDatumReader<>(type) : reader;
            reader = reading;
            byte[] bytes = new byte[source.readInt()];
            source.readFully(bytes);
            BinaryDecoder decoding = DecoderFactory.get().binaryDecoder(bytes, decoder);
            decoder = decoding;
            return reading.read(null, decoding);
        }

        @Override
        public T deserialize(T reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            int length = source.readInt();
            target.writeInt(length);
            target.write(source, length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Serializer<?> that && type.equals(that.type);
        }

        @Override
        public int hashCode() {
            return Objects.hash(type);
        }

        @Override
        public TypeSerializerSnapshot<T> snapshotConfiguration() {
            return new Snapshot<>(type);
        }
    }

    /**
     * What a checkpoint would hold about the serializer: class and schema. Public for Flink.
     *
     * <p>No state of ours has such a type, so another schema is simply incompatible.
     */
    public static final class Snapshot<T extends SpecificRecord> implements TypeSerializerSnapshot<T> {
        private Class<T> type;
        private String schema;

        /** For Flink, which then calls {@link #readSnapshot}. */
        @SuppressWarnings("NullAway.Init")
        public Snapshot() {}

        Snapshot(Class<T> type) {
            this.type = type;
            this.schema = SpecificData.get().getSchema(type).toString();
        }

        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(type.getName());
            out.writeUTF(schema);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classLoader) throws IOException {
            type = InstantiationUtil.resolveClassByName(in, classLoader);
            schema = in.readUTF();
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new Serializer<>(type);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
            return old instanceof Snapshot<T> that && that.schema.equals(schema)
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
