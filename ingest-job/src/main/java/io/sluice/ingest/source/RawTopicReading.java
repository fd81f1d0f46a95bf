package io.sluice.ingest.source;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes each Kafka record as it is. Nothing is looked into, so nothing can fail. */
public final class RawTopicReading implements KafkaRecordDeserializationSchema<SourceElement> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceElement> out) {
        out.collect(new RawTopicRecord(record));
    }

    @Override
    public TypeInformation<SourceElement> getProducedType() {
        return new InTaskType();
    }
}
