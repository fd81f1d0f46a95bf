package io.sluice.sinks.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.OwnTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanDocumentTest {
    private final ObjectMapper jackson = new ObjectMapper();
    private final CleanDocument document = new CleanDocument();

    private String text(CleanEvent event) {
        return new String(document.write(event).toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesFlatDottedKeysInTheOrderOfTheSchema() {
        CleanEvent event = CleanEvents.bare("abc");
        event.setHttpResponseStatusCode(404L);
        event.setUserAgentRobot(true);
        event.setUrlPath("/clients/:client");
        event.setProps(CleanEvents.props());
        assertEquals(
                "{\"@timestamp\":\"2024-01-10T12:00:00.000Z\",\"event.id\":\"abc\","
                        + "\"event.ingested\":\"2024-01-10T12:00:01.250Z\",\"policy.version\":\"p-1\","
                        + "\"dataset\":\"application\",\"event.provider\":\"access-log\","
                        + "\"http.response.status_code\":404,\"url.path\":\"/clients/:client\","
                        + "\"user_agent.robot\":true,\"props.plan\":\"pro\",\"props.ratio\":0.25,"
                        + "\"props.seats\":3,\"props.trial\":false}",
                text(event));
    }

    @Test
    void isTheSameWhateverWasWrittenBefore() {
        // The first two have one hash; the others are escaped, longer than what is kept, and absent.
        List<String> texts = List.of("Aa", "BB", "Chrome", "a \"quoted\" one", "\u00e9", "x".repeat(50), "");
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            CleanEvent event = CleanEvents.bare("abc");
            event.setMessage(texts.get(random.nextInt(texts.size())));
            event.setUrlPath(texts.get(random.nextInt(texts.size())));
            event.setUserAgentName(texts.get(random.nextInt(texts.size())));
            assertEquals(new String(new CleanDocument().write(event).toBytes(), StandardCharsets.UTF_8), text(event));
        }
    }

    @Test
    void leavesOutWhatIsEmpty() {
        CleanEvent event = CleanEvents.bare("");
        event.setMessage("");
        event.setProps(new HashMap<>(Map.of("empty", "", "endless", Double.POSITIVE_INFINITY)));
        String text = text(event);
        assertFalse(text.contains("event.id"), text);
        assertFalse(text.contains("message"), text);
        assertFalse(text.contains("props"), text);
    }

    @Test
    void writesListsWithoutWhatIsEmpty() throws IOException {
        CleanEvent event = CleanEvents.bare("");
        event.setProps(new HashMap<>(
                Map.of("tags", List.of("a", "", "b"), "prices", List.of(5L, Double.NaN, 7.5d), "none", List.of(""))));
        String text = text(event);
        assertTrue(text.contains("\"props.tags\":[\"a\",\"b\"]"), text);
        assertTrue(text.contains("\"props.prices\":[5,7.5]"), text);
        assertFalse(text.contains("props.none"), text);
        OwnTypes.trust();
        CleanEvent decoded = CleanEvent.fromByteBuffer(event.toByteBuffer());
        assertEquals(text, text(decoded));
    }

    @Test
    void writesEveryFieldOfTheSchema() throws IOException {
        CleanEvent event = CleanEvents.bare("abc");
        Set<String> expected = new HashSet<>();
        for (Schema.Field field : CleanEvent.getClassSchema().getFields()) {
            String name = field.getProp(CleanDocument.ECS);
            expected.add(name.equals("props") ? "props.plan" : name);
            fill(event, field);
        }
        Set<String> names = new HashSet<>();
        jackson.readTree(text(event)).fieldNames().forEachRemaining(names::add);
        assertEquals(expected, names);
    }

    private static void fill(CleanEvent event, Schema.Field field) {
        if (event.get(field.pos()) != null) {
            return;
        }
        Schema.Type type = field.schema().getTypes().get(1).getType();
        Object value =
                switch (type) {
                    case STRING -> "x";
                    case LONG -> 1L;
                    case BOOLEAN -> true;
                    case MAP -> new HashMap<>(Map.of("plan", "pro"));
                    default -> throw new AssertionError("no example for " + type);
                };
        event.put(field.pos(), value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-10T00:00:00.000Z",
                "2024-02-29T23:59:59.999Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.001Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.999Z"
            })
    void writesTimesInUtcWithMillis(String time) throws IOException {
        CleanEvent event = CleanEvents.bare("abc");
        event.setTimestamp(Instant.parse(time));
        assertEquals(time, jackson.readTree(text(event)).get("@timestamp").textValue());
    }

    @Test
    void writesTheTimesThatJavaWrites() throws IOException {
        Random random = new Random(4);
        CleanEvent event = CleanEvents.bare("abc");
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L));
            event.setTimestamp(time);
            String written = jackson.readTree(text(event)).get("@timestamp").textValue();
            assertEquals(24, written.length());
            assertEquals(time, Instant.parse(written));
        }
    }

    @Test
    void whatIsReadBackEqualsWhatWasWritten() throws IOException {
        Random random = new Random(11);
        CleanEvent event = CleanEvents.bare("abc");
        for (int i = 0; i < 5_000; i++) {
            String message = anyText(random);
            long number = random.nextLong() >> random.nextInt(64);
            event.setMessage(message);
            event.setHttpResponseBodyBytes(number);
            JsonNode read = jackson.readTree(document.write(event).toBytes());
            assertEquals(message, read.path("message").asText());
            assertEquals(number, read.get("http.response.body.bytes").longValue());
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        int widest = new int[] {0x7F, 0xA0, 0x800, 0xD800, 0x110000}[random.nextInt(5)];
        while (text.length() < length) {
            int point = random.nextInt(widest);
            if (point < 0xD800 || point > 0xDFFF) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"-9223372036854775808", "9223372036854775807", "0", "-1", "10", "99", "100"})
    void writesWholeNumbers(long number) throws IOException {
        CleanEvent event = CleanEvents.bare("abc");
        event.setHttpResponseBodyBytes(number);
        assertEquals(
                number,
                jackson.readTree(text(event)).get("http.response.body.bytes").longValue());
    }

    @Test
    void noByteMovesATerminalsCursor() {
        CleanEvent event = CleanEvents.bare("abc");
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x100; c++) {
            all.append(c);
        }
        event.setMessage(all.toString());
        event.setProps(new HashMap<>(Map.of(all.toString(), "x")));
        assertTrue(text(event).chars().noneMatch(Character::isISOControl));
    }

    @Test
    void halfASurrogatePairIsReplaced() throws IOException {
        CleanEvent event = CleanEvents.bare("abc");
        event.setMessage("a\uD83Db\uDE00");
        assertEquals(
                "a\uFFFDb\uFFFD",
                jackson.readTree(document.write(event).toBytes()).get("message").textValue());
    }

    @Test
    void theBytesDoNotDependOnTheOrderOfAMap() {
        CleanEvent one = CleanEvents.bare("abc");
        CleanEvent other = CleanEvents.bare("abc");
        one.setProps(CleanEvents.props());
        other.setProps(new TreeMap<>(CleanEvents.props()).descendingMap());
        byte[] first = document.write(one).toBytes();
        assertArrayEquals(first, document.write(other).toBytes());
    }

    @Test
    void aDecodedEventGivesTheSameBytes() throws IOException {
        CleanEvent event = CleanEvents.typical(new Random(1), 1);
        event.setTimestamp(event.getTimestamp().truncatedTo(ChronoUnit.MILLIS));
        event.setProps(CleanEvents.props());
        byte[] first = document.write(event).toBytes();
        OwnTypes.trust();
        CleanEvent decoded = CleanEvent.fromByteBuffer(event.toByteBuffer());
        assertArrayEquals(first, document.write(decoded).toBytes());
    }

    @Test
    void printsALengthOnly() {
        assertEquals("CleanDocument[" + document.write(CleanEvents.bare("abc")).length() + "]", document.toString());
    }
}
