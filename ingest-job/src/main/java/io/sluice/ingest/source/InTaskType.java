package io.sluice.ingest.source;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of {@link SourceElement}.
 *
 * <p>Guarantees: plaintext cannot be written to a network buffer, a state or a checkpoint by way of this type, whatever
 * becomes of the job graph: its serializer refuses. Handing over by reference within a task is all it allows.
 */
public final class InTaskType extends TypeInformation<SourceElement> {
    private static final long serialVersionUID = 1;

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
    public Class<SourceElement> getTypeClass() {
        return SourceElement.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<SourceElement> createSerializer(SerializerConfig config) {
        return new Refusing();
    }

    @Override
    public String toString() {
        return "InTaskType";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InTaskType;
    }

    @Override
    public int hashCode() {
        return InTaskType.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof InTaskType;
    }

    /** Hands over by reference and refuses all else. */
    static final class Refusing extends TypeSerializer<SourceElement> {
        private static final long serialVersionUID = 1;

        private static IOException refusal() {
            return new IOException("a raw record may not leave the task that read it: the source and the privacy"
                    + " boundary must be chained");
        }

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public TypeSerializer<SourceElement> duplicate() {
            return this;
        }

        @Override
        public SourceElement createInstance() {
            throw new UnsupportedOperationException("a raw record is made by the source alone");
        }

        @Override
        public SourceElement copy(SourceElement from) {
            return from;
        }

        @Override
        public SourceElement copy(SourceElement from, SourceElement reuse) {
            return from;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(SourceElement record, DataOutputView target) throws IOException {
            throw refusal();
        }

        @Override
        public SourceElement deserialize(DataInputView source) throws IOException {
            throw refusal();
        }

        @Override
        public SourceElement deserialize(SourceElement reuse, DataInputView source) throws IOException {
            throw refusal();
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            throw refusal();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Refusing;
        }

        @Override
        public int hashCode() {
            return Refusing.class.hashCode();
        }

        @Override
        public TypeSerializerSnapshot<SourceElement> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** What a checkpoint would hold about the serializer: its class. Public for Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SourceElement> {
        public Snapshot() {
            super(Refusing::new);
        }
    }
}
