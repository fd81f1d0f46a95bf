package io.sluice.ingest.parse.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.CorpusFiles;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Application logs of others, read in {@code auto}: what Filebeat's modules expect, Kafka's logs, lnav's dialects. */
@Tag("corpora")
class ApplogCorpusTest {
    private static final SourceOptions OPTIONS = SourceOptions.DEFAULT.withZone(ZoneOffset.ofHours(-2));

    /** How often a value was there to compare, and how often it was the same. */
    private static final class Agreement {
        int compared;
        int equal;
        final List<String> different = new ArrayList<>();

        void add(String where, String expected, String got) {
            compared++;
            if (expected.equals(got)) {
                equal++;
            } else if (different.size() < 60) {
                different.add(where + "\n    expected " + cut(expected) + "\n    got      " + cut(got));
            }
        }

        private static String cut(String text) {
            return text.substring(0, Math.min(text.length(), 160)).replace("\n", "\\n");
        }

        double share() {
            return compared == 0 ? 1 : (double) equal / compared;
        }

        @Override
        public String toString() {
            return equal + " of " + compared;
        }
    }

    @Test
    void messagesLevelsAndTimesAgreeWithBeats() throws IOException {
        Agreement messages = new Agreement();
        Agreement levels = new Agreement();
        Agreement times = new Agreement();
        int events = 0;
        int rejected = 0;
        for (Path file : CorpusFiles.files("applog-beats", ".log")) {
            Map<Integer, Event> byOffset = new HashMap<>();
            rejected += read(Files.readAllBytes(file), byOffset);
            JsonNode expected =
                    new ObjectMapper().readTree(Path.of(file + "-expected.json").toFile());
            for (JsonNode one : expected) {
                events++;
                String where =
                        file.getFileName() + " at " + one.get("log.offset").asInt();
                Event event = byOffset.get(one.get("log.offset").asInt());
                if (one.has("message")) {
                    messages.add(where, one.get("message").asText().stripTrailing(), text(event, "message"));
                }
                if (one.has("log.level")) {
                    levels.add(where, one.get("log.level").asText(), text(event, "level"));
                }
                if (one.has("@timestamp")) {
                    Instant wanted =
                            OffsetDateTime.parse(one.get("@timestamp").asText()).toInstant();
                    times.add(where, wanted.toString(), text(event, "time"));
                }
            }
        }
        System.out.println("applog-beats: events " + events + ", rejected " + rejected + ", message " + messages
                + ", level " + levels + ", time " + times);
        List.of(messages, levels, times).forEach(a -> a.different.forEach(System.out::println));
        assertEquals(792, events);
        assertEquals(0, rejected);
        for (Agreement agreement : List.of(messages, levels, times)) {
            assertTrue(agreement.share() >= 0.98, agreement.toString());
        }
    }

    private static String text(Event event, String what) {
        if (event == null) {
            return "(no event begins here)";
        }
        return switch (what) {
            case "message" -> String.valueOf(event.text(Fields.MESSAGE));
            case "level" -> String.valueOf(event.text(Fields.LOG_LEVEL));
            default ->
                event.get(Fields.TIMESTAMP) instanceof Value.Moment moment
                        ? Instant.ofEpochMilli(moment.epochMilli()).toString()
                        : "(none)";
        };
    }

    /** The events of a file by the place of their first byte; returns how many records were rejected. */
    private static int read(byte[] value, Map<Integer, Event> byOffset) {
        LogParser parser = LogParsers.forOptions(OPTIONS);
        int rejected = 0;
        for (Bytes record : CorpusFiles.records(value, OPTIONS)) {
            Parsed parsed = new Parsed();
            parser.parse(record, parsed);
            if (parsed.events.isEmpty()) {
                rejected++;
                System.out.println("rejected " + parsed.calls + " "
                        + record.slice(0, Math.min(120, record.length())).text());
            } else {
                byOffset.put(record.from(), parsed.events.get(0));
            }
        }
        return rejected;
    }

    @Test
    void kafkasOwnLogsHaveLevelAndTimeAndTheirTracesJoined() throws IOException {
        int starts = 0;
        int good = 0;
        int lines = 0;
        int joined = 0;
        int events = 0;
        for (Path file : CorpusFiles.files("applog-elastic-kafka", "")) {
            if (!file.getFileName().toString().startsWith("kafka")) {
                continue;
            }
            byte[] value = Files.readAllBytes(file);
            lines += (int) new String(value, StandardCharsets.UTF_8).lines().count();
            LogParser parser = LogParsers.forOptions(OPTIONS);
            for (Bytes record : CorpusFiles.records(value, OPTIONS)) {
                Parsed parsed = new Parsed();
                parser.parse(record, parsed);
                events++;
                joined += (int) record.text().lines().count() - 1;
                boolean isStart = record.text().startsWith("[20");
                starts += isStart ? 1 : 0;
                boolean isGood = isStart
                        && parsed.events.size() == 1
                        && parsed.events.get(0).has(Fields.LOG_LEVEL)
                        && parsed.events.get(0).has(Fields.TIMESTAMP);
                good += isGood ? 1 : 0;
            }
        }
        System.out.println("applog-elastic-kafka: lines " + lines + ", records " + events + ", lines joined " + joined
                + ", starts " + starts + ", with level and time " + good);
        assertEquals(5_574, lines);
        assertEquals(starts, events, "every other line is joined");
        assertTrue(good >= 0.99 * starts);
    }

    @Test
    void everyLineOfLnavIsAccountedForAndItsTimeRead() throws IOException {
        Map<String, String> figures = new TreeMap<>();
        for (Path file : CorpusFiles.files("applog-lnav", "")) {
            String name = file.getFileName().toString();
            if (!name.startsWith("logfile")) {
                continue;
            }
            byte[] value = Files.readAllBytes(file);
            int lines = 0;
            int timed = 0;
            int events = 0;
            int rejected = 0;
            Map<String, Integer> formats = new TreeMap<>();
            LogParser parser = LogParsers.forOptions(OPTIONS);
            for (Bytes record : CorpusFiles.records(value, OPTIONS)) {
                lines += (int) record.text().lines().count();
                Parsed parsed = new Parsed();
                formats.merge(parser.explain(record, parsed).format(), 1, Integer::sum);
                assertTrue(!parsed.calls.isEmpty(), name);
                rejected += parsed.calls.size() - parsed.events.size();
                for (Event event : parsed.events) {
                    events++;
                    timed += event.has(Fields.TIMESTAMP) ? 1 : 0;
                    String message = event.text(Fields.MESSAGE);
                    assertTrue(message == null || message.indexOf('\u001b') < 0 && message.indexOf('\r') < 0, name);
                }
            }
            int blank = (int) new String(value, StandardCharsets.UTF_8)
                    .lines()
                    .filter(String::isEmpty)
                    .count();
            int all = (int) new String(value, StandardCharsets.UTF_8).lines().count();
            assertEquals(all, lines + blank, name);
            figures.put(
                    name,
                    "lines " + all + ", events " + events + ", timed " + timed + ", rejected " + rejected + " "
                            + formats);
        }
        figures.forEach((name, figure) -> System.out.println("applog-lnav " + name + ": " + figure));
        assertEquals(39, figures.size());
    }
}
