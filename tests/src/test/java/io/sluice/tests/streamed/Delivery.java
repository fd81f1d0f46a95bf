package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.FileKeyStore;
import io.sluice.keys.KeyedHash;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.sinks.vault.VaultFile;
import io.sluice.sinks.vault.VaultReader;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.CleanTopic;
import io.sluice.tests.stack.RunningSluice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What became of a {@link SteadyLoad}: every record is looked for by its {@code event.id}, made here from where it stands
 * and without the product's code for it, in every store.
 */
final class Delivery implements AutoCloseable {
    private static final String ANALYTICS = "analytics";

    private final RunningSluice sluice;
    private final Map<String, CleanTopic> clean = new TreeMap<>();
    private final Map<String, Account.Sum> sumsBefore = new TreeMap<>();
    private final long sealedBefore;
    private final Map<String, String> topicIds = new HashMap<>();

    private Delivery(RunningSluice sluice, Account now) throws Exception {
        this.sluice = sluice;
        this.sealedBefore = now.sealed();
        for (String route : Indices.ROUTES) {
            sumsBefore.put(route, now.route(route));
            clean.put(route, sluice.clean(route));
            clean.get(route).read(unused -> {});
        }
        try (Admin admin = sluice.kafka()) {
            admin.describeTopics(RunningSluice.TOPICS.raw())
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> topicIds.put(name, topic.topicId().toString()));
        }
    }

    /** Remembers how things stand before a load begins. */
    static Delivery before(RunningSluice sluice) throws Exception {
        return new Delivery(sluice, sluice.awaitIndexed());
    }

    /** What of each route was released, by number of the record. */
    private final Map<String, BitSet> released = new TreeMap<>();

    /**
     * Fails unless the committed topics and the balance have every record once, and nothing of who had left.
     *
     * @param inForce from when on each leaver's choice was in force
     */
    void checkTopics(SteadyLoad load, Map<Integer, Instant> inForce) throws Exception {
        for (String route : Indices.ROUTES) {
            Map<String, Integer> numbers = numbers(load, route);
            BitSet found = new BitSet();
            clean.get(route).read(event -> {
                Integer number = numbers.get(event.getEventId());
                assertTrue(number != null, "an event of no record that was sent, on " + route);
                assertFalse(found.get(number), "released twice on " + route + ": " + number);
                assertFalse(leaks(event.toString()), "a clean event of " + route + " shows what it must not");
                found.set(number);
            });
            released.put(route, found);
        }
        assertReleased(load, inForce);
        assertBalance(load);
    }

    private void assertReleased(SteadyLoad load, Map<Integer, Instant> inForce) {
        for (String route : Indices.ROUTES) {
            BitSet once = new BitSet();
            for (int number = 0; number < load.records(); number++) {
                boolean out = released.get(route).get(number);
                int original = SteadyLoad.original(number);
                assertFalse(out && once.get(original), "released although it was a retry, on " + route + ": " + number);
                once.set(original, out || once.get(original));
            }
            for (int number = 0; number < load.records(); number++) {
                boolean out = released.get(route).get(number);
                Instant from = inForce.get(SteadyLoad.leaverOf(number));
                if (from == null || !route.equals(ANALYTICS)) {
                    assertTrue(once.get(SteadyLoad.original(number)), "lost on " + route + ": " + number);
                } else if (load.place(number).timestamp() > from.toEpochMilli()) {
                    assertFalse(out, "released although its visitor had opted out: " + number);
                }
            }
        }
    }

    private void assertBalance(SteadyLoad load) {
        Account account = sluice.account();
        assertEquals(0, account.lost());
        assertEquals(load.records(), account.sealed() - sealedBefore, "sealed");
        long retries = 0;
        for (int number = 0; number < load.records(); number++) {
            retries += SteadyLoad.original(number) == number ? 0 : 1;
        }
        assertTrue(retries > load.records() / 40, "hardly anything was sent again: " + retries);
        for (String route : Indices.ROUTES) {
            long out = released.get(route).cardinality();
            assertEquals(
                    new Account.Sum(load.records(), out, load.records() - out - retries, 0, retries),
                    account.route(route).since(sumsBefore.get(route)),
                    "the balance of " + route);
        }
    }

    /** Fails unless Elasticsearch has each released event once. */
    void checkDocuments(SteadyLoad load) throws Exception {
        for (String route : Indices.ROUTES) {
            Map<String, Integer> numbers = numbers(load, route);
            BitSet found = new BitSet();
            sluice.documents(route).read(RunningSluice.INDICES.pattern(route), hit -> {
                Integer number = numbers.get(hit.get("_id").asText());
                // Others are of what was sent before.
                if (number != null) {
                    assertFalse(found.get(number), "indexed twice on " + route + ": " + number);
                    assertFalse(leaks(hit.toString()), "a document of " + route + " shows what it must not");
                    found.set(number);
                }
            });
            assertEquals(released.get(route), found, "the documents of " + route);
        }
    }

    /** Fails unless the vault has published each record once. */
    void checkVault(SteadyLoad load) throws Exception {
        Map<String, Integer> places = new HashMap<>();
        for (int number = 0; number < load.records(); number++) {
            RecordMetadata at = load.place(number);
            places.put(place(topicIds.get(at.topic()), at.partition(), at.offset()), number);
        }
        BitSet found = new BitSet();
        try (ServerKeyStore keys = ServerKeyStore.open(keys(), Clock.systemUTC(), new SecureRandom())) {
            VaultReader vault = new VaultReader(sluice.folder().resolve("vault"), keys);
            for (VaultFile file : vault.files()) {
                vault.read(file, record -> {
                    Integer number = places.get(place(record.topicId(), record.partition(), record.offset()));
                    if (number != null) {
                        assertFalse(found.get(number), "sealed twice: " + number);
                        found.set(number);
                    }
                });
            }
        }
        assertEquals(load.records(), found.cardinality(), "records in the vault");
    }

    /** Fails if a log of ours shows what it must not. */
    void checkLogs() throws Exception {
        for (Path log : sluice.logs()) {
            assertFalse(leaks(Files.readString(log, StandardCharsets.ISO_8859_1)), log.toString());
        }
    }

    /** How many were released on a route. */
    int released(String route) {
        return released.get(route).cardinality();
    }

    private static boolean leaks(String text) {
        return text.toLowerCase(Locale.ROOT).contains(SteadyLoad.CANARY) || text.contains("198.51.100.");
    }

    private static String place(String topicId, int partition, long offset) {
        return topicId + "-" + partition + "@" + offset;
    }

    private Path keys() {
        return sluice.folder().resolve("keys");
    }

    /** The numbers of all records by the {@code event.id} that the route must give them. */
    private Map<String, Integer> numbers(SteadyLoad load, String route) throws Exception {
        Map<String, Integer> numbers = new HashMap<>();
        try (FileKeyStore keys = FileKeyStore.open(keys(), Clock.systemUTC(), new SecureRandom())) {
            KeyedHash hash = keys.eventIds(route);
            for (int number = 0; number < load.records(); number++) {
                RecordMetadata at = load.place(number);
                byte[] topic = (topicIds.get(at.topic()) + '\0').getBytes(StandardCharsets.UTF_8);
                byte[] place = ByteBuffer.allocate(16)
                        .putInt(at.partition())
                        .putLong(at.offset())
                        .putInt(0)
                        .array();
                String id = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Arrays.copyOf(hash.hash(topic, place), 16));
                assertEquals(null, numbers.put(id, number));
            }
        }
        return numbers;
    }

    @Override
    public void close() {
        clean.values().forEach(CleanTopic::close);
    }
}
