package io.sluice.sinks.elasticsearch;

import io.sluice.schema.CleanEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Invented clean events. */
final class CleanEvents {
    static final Instant RECEIVED = Instant.parse("2024-01-10T12:00:01.250Z");

    private CleanEvents() {}

    /** The fewest fields that an event can have. */
    static CleanEvent bare(String id) {
        return CleanEvent.newBuilder()
                .setTimestamp(Instant.parse("2024-01-10T12:00:00Z"))
                .setEventId(id)
                .setEventIngested(RECEIVED)
                .setPolicyVersion("p-1")
                .setDataset("application")
                .setEventProvider("access-log")
                .build();
    }

    /** A typical line of an access log on the analytics route. */
    static CleanEvent typical(Random random, int number) {
        CleanEvent event = bare("id-" + number + "-" + Long.toHexString(random.nextLong()));
        event.setTimestamp(RECEIVED.minusMillis(random.nextInt(100_000)));
        event.setPolicyVersion("ottomatiq-2024-01-10");
        event.setEventPageView(random.nextBoolean());
        event.setVisitorId("tok_visitor_2024q1_" + Long.toHexString(random.nextLong()) + "_a1b2c3");
        event.setOrganizationId("tok_account_2024q1_" + Long.toHexString(random.nextLong()) + "_a1b2c3");
        event.setSourceGeoCountryIsoCode("CA");
        event.setSourceGeoRegionIsoCode("CA-QC");
        event.setHttpRequestMethod("GET");
        event.setHttpRequestReferrer("www.example.com");
        event.setHttpRequestReferrerClass("search");
        event.setHttpResponseStatusCode(200L);
        event.setHttpResponseBodyBytes((long) random.nextInt(100_000));
        event.setHttpVersion("1.1");
        event.setUrlPath("/clients/:client/invoices/:invoice");
        event.setUserAgentName("Firefox");
        event.setUserAgentVersion("121");
        event.setUserAgentOsName("Windows");
        event.setUserAgentDeviceType("desktop");
        event.setUserAgentRobot(false);
        event.setUserAgentLanguage("fr");
        return event;
    }

    static Map<String, Object> props() {
        Map<String, Object> props = new LinkedHashMap<>();
        props.put("plan", "pro");
        props.put("seats", 3L);
        props.put("trial", false);
        props.put("ratio", 0.25d);
        return props;
    }
}
