package io.sluice.infra.up;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.RouteCount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BalanceCountsTest {
    private static final TopicPartition RAW = new TopicPartition("raw.access-logs", 1);

    private final BalanceCounts counts = new BalanceCounts();

    private static byte[] entry(long from, long to) throws IOException {
        BalanceEntry entry = BalanceEntry.newBuilder()
                .setTopic(RAW.topic())
                .setTopicId("id")
                .setPartition(RAW.partition())
                .setCheckpoint(1)
                .setFromOffset(from)
                .setToOffset(to)
                .setKafkaRecords(to - from)
                .setLost(0)
                .setBlank(0)
                .setHeader(0)
                .setSealed(0)
                .setRoutes(List.of(new RouteCount("analytics", to - from, to - from, 0L, 0L, 0L)))
                .setReasons(Map.of())
                .build();
        return bytes(BalanceEntry.getEncoder().encode(entry));
    }

    /** As a release with another schema writes it. */
    private static byte[] entryOfAnotherRelease() throws IOException {
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"io.sluice.schema.BalanceEntry\",\"fields\":"
                        + "[{\"name\":\"topic\",\"type\":\"string\"}]}");
        GenericData.Record entry = new GenericData.Record(schema);
        entry.put("topic", RAW.topic());
        return bytes(new BinaryMessageEncoder<GenericData.Record>(GenericData.get(), schema).encode(entry));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void whatWasThereBeforeSaysOnlyHowFarItWent() throws IOException {
        counts.add(entry(0, 10), false);
        counts.add(entry(10, 12), true);
        Figures figures = counts.figures(OptionalLong.of(0));
        assertEquals(Map.of("analytics", new Figures.Counts(2, 2, 0, 0, 0)), figures.routes());
        assertEquals(0, figures.passedOver());
        assertEquals(12, counts.accounted(RAW, 0));
        assertEquals(5, counts.accounted(new TopicPartition("raw.access-logs", 0), 5));
    }

    @Test
    void whatAnotherReleaseWroteIsCountedAsPassedOver() throws IOException {
        counts.add(entryOfAnotherRelease(), false);
        counts.add(entry(0, 10), true);
        counts.add(entryOfAnotherRelease(), true);
        counts.add(new byte[] {1}, true);
        Figures figures = counts.figures(OptionalLong.empty());
        assertEquals(3, figures.passedOver());
        assertEquals(Map.of("analytics", new Figures.Counts(10, 10, 0, 0, 0)), figures.routes());
    }
}
