package io.sluice.ingest.carry;

import io.sluice.schema.OwnTypes;
import java.io.IOException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of ours in Avro's single-object encoding.
 *
 * <p>What is not one stops the job, which then tries again: only the boundary job writes these topics, so it is newer
 * than this program, and skipping would lose events.
 *
 * @param <T> generated class
 */
public final class AvroReading<T extends SpecificRecordBase> implements KafkaRecordDeserializationSchema<T> {
    static {
        OwnTypes.trust();
    }

    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private transient BinaryMessageDecoder<T> decoder;

    @SuppressWarnings("NullAway.Init")
    public AvroReading(Class<T> type) {
        this.type = type;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) throws IOException {
        if (decoder == null) {
            decoder = new BinaryMessageDecoder<>(
                    SpecificData.getForClass(type), SpecificData.get().getSchema(type));
        }
        T value;
        try {
            value = decoder.decode(record.value());
        } catch (IOException | RuntimeException e) {
            throw new IOException("the record at " + record.topic() + "-" + record.partition() + "@" + record.offset()
                    + " is no " + type.getSimpleName() + " of a known schema; update this program to that of the"
                    + " boundary job");
        }
        out.collect(value);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return new AvroType<>(type);
    }
}
