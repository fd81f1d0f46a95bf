package io.sluice.tests.elasticsearch;

import io.sluice.schema.CleanEvent;
import io.sluice.sinks.elasticsearch.CleanDocument;
import io.sluice.sinks.elasticsearch.Indices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Clean events, each of which follows from its number alone. */
final class InventedEvents {
    private static final Instant RECEIVED = Instant.parse("2024-01-10T12:00:01.250Z");
    private static final List<String> PATHS =
            List.of("/", "/login", "/clients", "/clients/:client", "/clients/:client/invoices/:invoice", "(other)");
    private static final List<String> BROWSERS = List.of("Firefox", "Chrome", "Safari", "Edge");
    private static final List<String> REGIONS = List.of("CA-QC", "CA-ON", "CA-BC", "CA-AB");

    private InventedEvents() {}

    static String id(long number) {
        return "invented-" + number;
    }

    /** A typical line of an access log on the analytics route; one in a hundred thousand milliseconds of the day. */
    static CleanEvent event(long number) {
        Random random = new Random(number);
        CleanEvent event = CleanEvent.newBuilder()
                .setTimestamp(RECEIVED.plusMillis(number * 1_000 - random.nextInt(5_000)))
                .setEventId(id(number))
                .setEventIngested(RECEIVED.plusMillis(number * 1_000))
                .setPolicyVersion("ottomatiq-2024-01-10")
                .setDataset("application")
                .setEventProvider("access-log")
                .build();
        event.setEventPageView(random.nextBoolean());
        event.setVisitorId(
                "tok_visitor_2024q1_" + Long.toString(random.nextInt(5_000), 36) + "aAbBcCdDeEfFgGhH_a1b2c3");
        event.setOrganizationId("tok_account_2024q1_" + random.nextInt(300) + "aAbBcCdDeEfFgGhH_a1b2c3");
        event.setSourceGeoCountryIsoCode("CA");
        event.setSourceGeoRegionIsoCode(REGIONS.get(random.nextInt(REGIONS.size())));
        event.setHttpRequestMethod("GET");
        event.setHttpRequestReferrer("www.example.com");
        event.setHttpRequestReferrerClass("search");
        event.setHttpResponseStatusCode(random.nextInt(20) == 0 ? 404L : 200L);
        event.setHttpResponseBodyBytes((long) random.nextInt(100_000));
        event.setHttpVersion("1.1");
        event.setUrlPath(PATHS.get(random.nextInt(PATHS.size())));
        event.setUserAgentName(BROWSERS.get(random.nextInt(BROWSERS.size())));
        event.setUserAgentVersion(Integer.toString(100 + random.nextInt(20)));
        event.setUserAgentOsName("Windows");
        event.setUserAgentDeviceType("desktop");
        event.setUserAgentRobot(false);
        event.setUserAgentLanguage("fr");
        if (random.nextInt(10) == 0) {
            event.setProps(new HashMap<>(Map.of("plan", "pro", "seats", (long) random.nextInt(9), "ratio", 0.5)));
        }
        return event;
    }

    /** What an index and its document of {@code event} look like. */
    static String indexed(CleanEvent event) {
        String document = new String(new CleanDocument().write(event).toBytes(), StandardCharsets.UTF_8);
        return new Indices("").of("analytics", event.getEventIngested()) + " " + document;
    }
}
