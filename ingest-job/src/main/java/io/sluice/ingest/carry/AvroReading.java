package io.sluice.ingest.carry;

import java.io.IOException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of ours from a topic: Avro in single-object encoding.
 *
 * @param <T> generated class
 */
public final class AvroReading<T extends SpecificRecordBase> implements KafkaRecordDeserializationSchema<T> {
    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private transient BinaryMessageDecoder<T> decoder;

    public AvroReading(Class<T> type) {
        this.type = type;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) throws IOException {
        if (decoder == null) {
            SpecificData data = SpecificData.getForClass(type);
            decoder = new BinaryMessageDecoder<>(data, data.getSchema(type));
        }
        T read;
        try {
            read = decoder.decode(record.value());
        } catch (IOException | RuntimeException e) {
            // Avro's own text could quote what it read.
            throw new BoundaryFault("A record of " + record.topic() + " is not one that Sluice wrote (partition "
                    + record.partition() + ", offset " + record.offset() + "); find out who else may write there.");
        }
        out.collect(read);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return new AvroType<>(type);
    }
}
