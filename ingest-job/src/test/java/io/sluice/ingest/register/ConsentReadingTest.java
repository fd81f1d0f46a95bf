package io.sluice.ingest.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Purpose;
import io.sluice.schema.ConsentChoice;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.ConsentState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsentReadingTest {
    private static final GateKey KEY = new GateKey(3, 4);
    private static final Purpose ANALYTICS = new Purpose("analytics");

    private final ConsentMap map = new ConsentMap();
    private final Oddities oddities = new Oddities();
    private final ConsentReading reading = new ConsentReading(map, oddities);

    @Test
    void followsWhatAPersonChooses() throws Exception {
        reading.take(record(KEY.bytes(), entry(ConsentState.REFUSED)));
        assertEquals(Choice.REFUSED, map.find(KEY, ANALYTICS));
        reading.take(record(KEY.bytes(), entry(ConsentState.GRANTED)));
        assertEquals(Choice.GRANTED, map.find(KEY, ANALYTICS));
        reading.take(record(KEY.bytes(), null));
        assertNull(map.find(KEY, ANALYTICS));
        assertTrue(map.isEmpty());
    }

    @Test
    void takesAnUndecodableChoiceForARefusalOfEverything() {
        reading.take(record(KEY.bytes(), "no entry".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Choice.REFUSED, map.find(KEY, ANALYTICS));
        assertEquals(Choice.REFUSED, map.find(KEY, new Purpose("never heard of")));
        assertEquals(Map.of("consent-undecodable", 1L), oddities.counts());
    }

    @Test
    void countsKeysThatAreNone() throws Exception {
        reading.take(record(new byte[15], entry(ConsentState.REFUSED)));
        reading.take(record(null, entry(ConsentState.REFUSED)));
        assertTrue(map.isEmpty());
        assertEquals(Map.of("consent-key", 2L), oddities.counts());
    }

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>("consent", 0, 0, key, value);
    }

    private static byte[] entry(ConsentState state) throws Exception {
        ByteBuffer value =
                new ConsentEntry(List.of(new ConsentChoice("analytics", state, Instant.EPOCH))).toByteBuffer();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }
}
