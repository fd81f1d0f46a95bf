package io.sluice.ingest.carry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;

/** Avro's single-object encoding (Avro 1.12 specification, "Single object encoding"). Not thread-safe. */
public final class AvroBytes {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private final Map<Class<?>, BinaryMessageEncoder<SpecificRecordBase>> encoders = new HashMap<>();

    /** @throws IOException if the record does not fit its schema */
    public byte[] encode(SpecificRecordBase record) throws IOException {
        BinaryMessageEncoder<SpecificRecordBase> encoder = encoders.computeIfAbsent(
                record.getClass(),
                unused -> new BinaryMessageEncoder<>(record.getSpecificData(), record.getSchema(), false));
        buffer.reset();
        encoder.encode(record, buffer);
        return buffer.toByteArray();
    }
}
