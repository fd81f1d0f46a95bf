package io.sluice.ingest.parse.avro;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.usage.UsageParser;
import io.sluice.redaction.event.Value;
import io.sluice.schema.UsageEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Our own usage event in Avro's single-object encoding: two bytes that say so, the fingerprint of the schema, the event.
 *
 * <p>The schema is {@link UsageEvent}, the twin of our JSON: what is read goes the way of a JSON event. A record of
 * another schema is {@code unparseable}, for its bytes say nothing without it; so is one with bytes behind the event.
 */
public final class AvroUsageParser implements LogParser {
    private static final Schema SCHEMA = UsageEvent.getClassSchema();
    /** Avro's marker of single-object encoding, then the CRC-64-AVRO of the schema's canonical form. */
    private static final byte[] HEAD = ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 0x01)
            .putLong(SchemaNormalization.parsingFingerprint64(SCHEMA))
            .array();

    private final UsageParser usage;
    private final int maxFields;

    public AvroUsageParser(SourceOptions options, ParseLimits limits) {
        this.usage = new UsageParser(options, limits);
        this.maxFields = limits.maxFields();
    }

    @Override
    public LogFormat format() {
        return LogFormat.AVRO_USAGE;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        int told = Math.min(record.length(), HEAD.length);
        if (!record.slice(0, told).equals(new Bytes(HEAD, 0, told))) {
            into.reject(Reason.UNPARSEABLE);
            return;
        }
        AvroReader reader = new AvroReader(record.slice(told, record.length()), maxFields);
        Value value = told < HEAD.length ? null : reader.read(SCHEMA);
        if (value != null) {
            usage.parse(new JsonElement(value, false, null), into);
        } else {
            Reason failure = reader.failure();
            into.reject(failure == null ? Reason.TRUNCATED : failure);
        }
    }
}
