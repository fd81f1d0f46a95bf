package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Parsed;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnricherTest {
    private static final SteppedClock CLOCK = new SteppedClock();
    private static EnrichData data;

    @BeforeAll
    static void load() {
        data = EnrichData.load(EnrichConfig.withDefaults(CLOCK));
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static String enriched(Event event) {
        int before = event.size();
        data.enricher().enrich(event);
        Event added = new Event();
        for (int i = before; i < event.size(); i++) {
            added.set(event.path(i), event.value(i));
        }
        return Parsed.text(added);
    }

    @Test
    void allIsAddedThatTheEventHasTheGroundsFor() {
        assertEquals(
                """
                http.request.referrer_class=search
                source.as.number=15169
                source.as.organization.name=Google LLC
                source.geo.country_iso_code=US
                user_agent.device.type=desktop
                user_agent.name=Firefox
                user_agent.os.name=Linux
                user_agent.robot=false
                user_agent.version=121""",
                enriched(new Event()
                        .set(Fields.SOURCE_IP, "8.8.8.8")
                        .set(Fields.HTTP_REFERRER, "https://www.google.com/")
                        .set(
                                Fields.USER_AGENT,
                                "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0")));
        assertEquals("", enriched(new Event()));
        assertEquals("", enriched(new Event().set(Fields.SOURCE_ADDRESS, "8.8.8.8")));
    }

    @Test
    void regionsComeWithTheirCountry() {
        // McGill University's network, which is in one place.
        String text = enriched(new Event().set(Fields.SOURCE_IP, "132.216.177.160"));
        assertTrue(text.contains("source.geo.country_iso_code=CA\nsource.geo.region_iso_code=CA-QC"), text);
    }

    @Test
    void privateAndReservedAddressesAreNowhere() {
        for (String ip : List.of(
                "10.1.2.3",
                "127.0.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "169.254.1.1",
                "192.0.2.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "no address",
                "8.8.8.8.8")) {
            assertEquals("", enriched(new Event().set(Fields.SOURCE_IP, ip)), ip);
        }
    }

    @Test
    void nothingThrowsWhateverTheValues() {
        Random random = new Random(7);
        List<FieldPath> paths = List.of(
                Fields.SOURCE_IP, Fields.USER_AGENT, Fields.HTTP_REFERRER, Fields.URL_ORIGINAL, Fields.URL_DOMAIN);
        String[] pieces = {
            "http", "://", "/", "?", "&", "utm_medium=", "[", "]", ":", "@", ".", "::", "1", "é", "\u0000", "%"
        };
        Enricher enricher = EnrichData.load(EnrichConfig.withDefaults(CLOCK).withUserAgentsPerSecond(10))
                .enricher();
        for (int i = 0; i < 5_000; i++) {
            Event event = new Event();
            for (FieldPath path : paths) {
                StringBuilder text = new StringBuilder();
                for (int j = random.nextInt(12); j > 0; j--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
                event.set(path, text.toString());
            }
            enricher.enrich(event);
        }
        Event odd = new Event();
        paths.forEach(path -> odd.set(path, 5));
        enricher.enrich(odd);
        Enricher.NONE.enrich(odd);
        assertEquals(paths.size(), odd.size());
    }

    @Test
    void agesAreInDaysAndOldIsStale() {
        assertEquals(
                List.of("GeoLite2-City.mmdb", "GeoLite2-ASN.mmdb"),
                data.ages().stream().map(EnrichData.Age::name).toList());
        assertTrue(data.ages().stream().allMatch(EnrichData.Age::isStale));
        assertFalse(new EnrichData.Age("x", 30).isStale());
    }

    @Test
    void aFileThatIsNoneOrOfAnotherKindIsRefusedByName(@TempDir Path folder) throws IOException {
        Path garbage = Files.write(folder.resolve("garbage.mmdb"), new byte[10_000]);
        Path asn = folder.resolve("asn.mmdb");
        try (InputStream stream = EnricherTest.class.getResourceAsStream("/GeoLite2-ASN.mmdb")) {
            Files.copy(Objects.requireNonNull(stream), asn);
        }
        EnrichConfig config = EnrichConfig.withDefaults(CLOCK);
        assertRefused("garbage.mmdb is damaged", config.withPlaceDatabase(garbage));
        assertRefused("missing.mmdb is not there", config.withPlaceDatabase(folder.resolve("missing.mmdb")));
        assertRefused("asn.mmdb is no City or Country database", config.withPlaceDatabase(asn));
        assertRefused("garbage.mmdb is damaged", config.withNetworkDatabase(garbage));
        try (EnrichData own = EnrichData.load(config.withNetworkDatabase(asn))) {
            Event event = new Event().set(Fields.SOURCE_IP, "8.8.8.8");
            own.enricher().enrich(event);
            assertEquals("US", event.text(Fields.SOURCE_COUNTRY));
            assertTrue(event.has(Fields.SOURCE_AS_NUMBER));
        }
    }

    @Test
    void aReplacedFileIsTakenIntoUseUnlessItIsDamaged(@TempDir Path folder) throws Exception {
        byte[] good = resource("/GeoLite2-City.mmdb");
        Path city = Files.write(folder.resolve("city.mmdb"), good);
        try (EnrichData own = EnrichData.load(EnrichConfig.withDefaults(CLOCK).withPlaceDatabase(city))) {
            Enricher enricher = own.enricher();
            assertEquals("US", country(enricher));

            Files.write(city, Arrays.copyOf(good, good.length / 2));
            own.refresh();
            assertEquals("US", country(enricher), "half of one is none");
            Files.write(city, resource("/GeoLite2-ASN.mmdb"));
            own.refresh();
            assertEquals("US", country(enricher), "one of another kind is none");
            Files.delete(city);
            own.refresh();
            assertEquals("US", country(enricher), "one that is gone is none");

            Files.write(city, renamed(good, "US", "ZZ"));
            assertEquals("US", country(enricher), "nobody has looked yet");
            own.refresh();
            assertEquals("ZZ", country(enricher), "and what was looked up before is forgotten");
        }
    }

    @Test
    void aFollowedFileIsLookedAtByItself(@TempDir Path folder) throws Exception {
        byte[] good = resource("/GeoLite2-City.mmdb");
        Path city = Files.write(folder.resolve("city.mmdb"), good);
        try (EnrichData own = EnrichData.load(EnrichConfig.withDefaults(CLOCK).withPlaceDatabase(city))
                .follow(Duration.ofMillis(10))) {
            Enricher enricher = own.enricher();
            assertEquals("US", country(enricher));
            Path fresh = Files.write(folder.resolve("fresh.mmdb"), renamed(good, "US", "ZZ"));
            Files.move(fresh, city, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            // Ends when it was seen; if it never is, the build's own limit ends it.
            while (country(enricher).equals("US")) {
                Thread.sleep(10);
            }
            assertEquals("ZZ", country(enricher));
        }
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("geo-databases"))
                        .allMatch(EnricherTest::ends),
                "nobody looks any more once it is closed");
    }

    private static boolean ends(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = EnricherTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }

    /** The database with another code for a country; a text of two bytes begins with 0x42. */
    private static byte[] renamed(byte[] database, String country, String to) {
        byte[] renamed = database.clone();
        for (int i = 0; i + 2 < renamed.length; i++) {
            if (renamed[i] == 0x42 && renamed[i + 1] == country.charAt(0) && renamed[i + 2] == country.charAt(1)) {
                renamed[i + 1] = (byte) to.charAt(0);
                renamed[i + 2] = (byte) to.charAt(1);
            }
        }
        return renamed;
    }

    private static String country(Enricher enricher) {
        Event event = new Event().set(Fields.SOURCE_IP, "8.8.8.8");
        enricher.enrich(event);
        return String.valueOf(event.text(Fields.SOURCE_COUNTRY));
    }

    private static void assertRefused(String part, EnrichConfig config) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> EnrichData.load(config));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(part), message);
        assertTrue(message.contains("configure"), message);
    }

    @Test
    void theDatabasesOfTheClassPathAreUnpackedOnce(@TempDir Path folder) throws IOException {
        EnrichConfig config = EnrichConfig.withDefaults(CLOCK).withUnpackInto(folder.resolve("geo"));
        EnrichData.load(config).close();
        Path city = folder.resolve("geo").resolve("GeoLite2-City.mmdb");
        var written = Files.getLastModifiedTime(city);
        Files.write(folder.resolve("geo").resolve("GeoLite2-ASN.mmdb"), new byte[5]);
        try (EnrichData second = EnrichData.load(config)) {
            Event event = new Event().set(Fields.SOURCE_IP, "8.8.8.8");
            second.enricher().enrich(event);
            assertTrue(event.has(Fields.SOURCE_AS_NUMBER), "what was cut short is unpacked again");
        }
        assertEquals(written, Files.getLastModifiedTime(city));
        try (Stream<Path> files = Files.list(folder.resolve("geo"))) {
            assertEquals(2, files.count(), "no part is left behind");
        }
    }

    @Test
    void dataIsClosedByItsLastUser() {
        EnrichData shared = EnrichData.load(EnrichConfig.withDefaults(CLOCK));
        shared.retain();
        Enricher enricher = shared.enricher();
        shared.close();
        Event event = new Event().set(Fields.SOURCE_IP, "8.8.8.8");
        enricher.enrich(event);
        assertTrue(event.has(Fields.SOURCE_COUNTRY), "one user is left");
        shared.close();
        shared.close();
        assertThrows(IllegalStateException.class, shared::retain);
        Event later = new Event().set(Fields.SOURCE_IP, "8.8.4.4");
        shared.enricher().enrich(later);
        assertFalse(later.has(Fields.SOURCE_COUNTRY), "closed databases tell nothing, and nothing fails");
    }
}
