package io.sluice.tests.console;

import io.sluice.schema.CleanEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Clean events of four invented days, 2024-01-07 to 2024-01-10, from a seed.
 *
 * <p>The first day has four visitors. The application has usage events, and access-log lines for the same views; the
 * marketing site has an access log alone. Some views are anonymized, some groups are small, and some names are markup.
 */
public final class SampleUsage {
    /** A path that a careless page would run as a script. */
    public static final String HOSTILE_PATH = "/x\"><img src=x onerror=\"window.pwned=1\">/:id";

    /** A referrer of the same kind. */
    public static final String HOSTILE_SITE = "<script>window.pwned=1</script>.example.com";

    static final Instant FIRST_DAY = Instant.parse("2024-01-07T00:00:00Z");
    private static final String POLICY = "ottomatiq-2024-01-10";
    private static final String[] PATHS = {
        "/",
        "/clients",
        "/clients/:client",
        "/clients/:client/invoices/:invoice",
        "/invoices",
        "/invoices/new",
        "/payments",
        "/receipts/:receipt",
        "/settings",
        "/settings/team",
        "/reports/:report",
        "(other)",
        HOSTILE_PATH
    };
    private static final String[] COUNTRIES = {"CA", "CA", "CA", "CA", "CA", "CA", "US", "US", "FR", "GB"};
    private static final String[] DEVICES = {"desktop", "desktop", "desktop", "mobile", "mobile", "tablet"};
    private static final String[][] SOURCES = {
        {"direct", null},
        {"direct", null},
        {"search", "www.google.com"},
        {"search", "www.google.com"},
        {"search", "duckduckgo.com"},
        {"referral", HOSTILE_SITE},
        {"referral", "directory.example.com"},
        {"internal", "app.example.com"},
    };

    private final Random random;
    private final List<CleanEvent> events = new ArrayList<>();

    private SampleUsage(long seed) {
        this.random = new Random(seed);
    }

    /** The events of a seed. */
    public static List<CleanEvent> events(long seed) {
        SampleUsage sample = new SampleUsage(seed);
        sample.day(0, 4, "application");
        sample.day(1, 160, "application");
        sample.day(2, 220, "application");
        sample.day(3, 240, "application");
        for (int day = 1; day < 4; day++) {
            sample.marketing(day);
        }
        sample.small();
        return sample.events;
    }

    private void day(int day, int visitors, String dataset) {
        for (int visitor = 0; visitor < visitors; visitor++) {
            String id = random.nextInt(12) == 0 ? null : "tok_user_" + random.nextInt(400);
            String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
            String device = DEVICES[random.nextInt(DEVICES.length)];
            String[] source = SOURCES[random.nextInt(SOURCES.length)];
            int views = 1 + random.nextInt(9);
            for (int view = 0; view < views; view++) {
                int path = (int) (PATHS.length * Math.pow(random.nextDouble(), 1.7));
                Instant at = at(day, id == null);
                events.add(view(dataset, "usage-event", at, id, PATHS[path], country, device, source));
                events.add(view(dataset, "access-log", at, id, PATHS[path], country, device, source));
            }
        }
    }

    private void marketing(int day) {
        for (int visitor = 0; visitor < 60; visitor++) {
            String id = "tok_day" + day + "_" + visitor;
            String[] source = SOURCES[random.nextInt(SOURCES.length)];
            events.add(view("marketing-site", "access-log", at(day, false), id, "/pricing", "CA", "mobile", source));
        }
    }

    /** Groups of one to three visitors, and one of views of nobody in particular. */
    private void small() {
        for (int visitor = 0; visitor < 3; visitor++) {
            events.add(view(
                    "application",
                    "usage-event",
                    at(2, false),
                    "tok_rare_" + visitor,
                    "/rare/:id",
                    "IS",
                    "tv",
                    new String[] {"social", "rare.example.com"}));
        }
        for (int view = 0; view < 40; view++) {
            events.add(view(
                    "application",
                    "usage-event",
                    at(2, true),
                    null,
                    "/invoice-links/:link",
                    "CA",
                    "mobile",
                    new String[] {"email", null}));
        }
    }

    private Instant at(int day, boolean anonymized) {
        // Most happens between eight and eighteen, and nothing at four.
        double hour = Math.min(23.9, Math.max(5, 13 + 4 * random.nextGaussian()));
        Instant at = FIRST_DAY.plus(Duration.ofDays(day)).plusSeconds((long) (hour * 3600));
        return anonymized ? Instant.ofEpochSecond(at.getEpochSecond() / 3600 * 3600) : at;
    }

    private CleanEvent view(
            String dataset,
            String provider,
            Instant at,
            @Nullable String visitor,
            String path,
            String country,
            String device,
            @Nullable String[] source) {
        return CleanEvent.newBuilder()
                .setTimestamp(at)
                .setEventId("event-" + events.size())
                .setEventIngested(at.plusSeconds(2))
                .setPolicyVersion(POLICY)
                .setDataset(dataset)
                .setEventProvider(provider)
                .setEventPageView(true)
                .setVisitorId(visitor)
                .setUrlPath(path)
                .setSourceGeoCountryIsoCode(country)
                .setUserAgentDeviceType(device)
                .setHttpRequestReferrerClass(source[0])
                .setHttpRequestReferrer(source[1])
                .build();
    }
}
