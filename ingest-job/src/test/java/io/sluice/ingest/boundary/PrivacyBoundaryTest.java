package io.sluice.ingest.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.CleanEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrivacyBoundaryTest {
    private static final long RECEIVED =
            Instant.parse("2024-01-10T12:34:56.789Z").toEpochMilli();
    private static final String LINE =
            "192.0.2.7 - jdoe [10/Jan/2024:12:34:50 +0000] \"GET %s HTTP/1.1\" 200 512 \"%s\" "
                    + "\"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\"";

    private final KeyStore keys = new ThrowawayKeyStore(new SecureRandom());
    private final RedactionPolicy policy = shipped("ottomatiq-2024-01-10");
    private final List<String> sealed = new ArrayList<>();
    private final List<Boolean> sealedQuarantined = new ArrayList<>();

    private static RedactionPolicy shipped(String version) {
        try {
            return PolicyReader.read(PolicyFiles.shipped(version).orElseThrow());
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private Recorded process(String value) {
        return process(value, SourceOptions.DEFAULT, Choices.NONE, policy);
    }

    private Recorded process(String value, SourceOptions options, Choices choices, RedactionPolicy under) {
        Recorded recorded = new Recorded();
        Sealer sealer = (from, at, record, quarantined, terms) -> {
            sealed.add(record.text());
            sealedQuarantined.add(quarantined);
        };
        new PrivacyBoundary(PolicyTimeline.always(under), choices, keys, Enricher.NONE, sealer)
                .process(new RawRecord("topic-a", 0, 42, RECEIVED, Bytes.of(value), options), recorded);
        return recorded;
    }

    @Test
    void analyticsSeesTheTemplateAndTheSiteAndNoPerson() {
        Recorded recorded = process(LINE.formatted(
                "/clients/jane-doe/invoices/17?page=2&email=jane%40example.com",
                "https://www.example.net/find?q=jane+doe"));

        CleanEvent event = recorded.only("analytics");
        assertEquals("/clients/:client/invoices/:invoice", event.getUrlPath());
        assertEquals("example.net", event.getHttpRequestReferrer());
        assertEquals("GET", event.getHttpRequestMethod());
        assertEquals(200L, event.getHttpResponseStatusCode());
        assertEquals(512L, event.getHttpResponseBodyBytes());
        assertEquals(Instant.parse("2024-01-10T12:34:50Z"), event.getTimestamp());
        assertEquals(true, event.getEventPageView());
        assertNull(event.getSourceIp());
        assertNull(event.getUserName());
        assertNull(event.getUrlQuery());
        String document = recorded.released.get("analytics").get(0);
        for (String personal : List.of("192.0.2", "jane", "jdoe", "example.com", "17")) {
            assertFalse(
                    document.replace(String.valueOf(event.getVisitorId()), "")
                            .replace(event.getEventId(), "")
                            .contains(personal),
                    personal + " left in " + document);
        }
    }

    @Test
    void securityFollowsTokens() {
        Recorded recorded = process(LINE.formatted("/dashboard", "-"));

        CleanEvent event = recorded.only("security");
        assertTrue(
                String.valueOf(event.getSourceIp()).matches("tok_ip_2024q1_[\\w-]{22}_[\\w-]{6}"), event.getSourceIp());
        assertTrue(String.valueOf(event.getUserName()).startsWith("tok_user_2024q1_"));
        assertNull(event.getVisitorId());
        assertNotEquals(event.getEventId(), recorded.only("analytics").getEventId());
    }

    @Test
    void arraysLeaveAsListsAndWhatNobodyListedIsCountedByItsShape() throws PolicyException {
        RedactionPolicy under = lettingOut("props.items.*");
        Recorded recorded = process(
                "{\"type\":\"login\",\"timestamp\":\"2024-01-10T12:34:50Z\",\"user\":{\"id\":[\"u-1\",\"u-2\"]},"
                        + "\"props\":{\"items\":[{\"price\":5,\"name\":\"Jane\"},{\"price\":7}],\"member_7\":\"x\"}}",
                SourceOptions.DEFAULT.withFormat(LogFormat.USAGE),
                Choices.NONE,
                under);
        assertEquals(
                Map.of("items.price", List.of(5L, 7L)),
                recorded.only("analytics").getProps());
        assertTrue(recorded.released.get("analytics").get(0).contains("\"props.items.price\":[5,7]"));
        assertNull(recorded.only("security").getUserId(), "a column for one value takes no list");
        assertEquals(List.of("props.a_9"), recorded.unlistedFields);
    }

    @Test
    void aTrackersContextsLeaveByRulesThatNameThem() throws PolicyException {
        String body = "{\"data\":[{\"e\":\"pv\",\"co\":\"{\\\"data\\\":[{\\\"schema\\\":"
                + "\\\"iglu:com.acme/plan/jsonschema/1-0-2\\\",\\\"data\\\":{\\\"seats\\\":3}}]}\"}]}";
        assertNull(snowplow(body, "props.*").only("analytics").getProps(), "not written for contexts");
        Recorded recorded = snowplow(body, "contexts.com_acme_plan.*.seats");
        assertEquals(
                Map.of("contexts.com_acme_plan.1.seats", 3L),
                recorded.only("analytics").getProps());
        assertTrue(recorded.released.get("analytics").get(0).contains("\"props.contexts.com_acme_plan.1.seats\":3"));
    }

    private Recorded snowplow(String body, String field) throws PolicyException {
        return process(body, SourceOptions.DEFAULT.withFormat(LogFormat.SNOWPLOW), Choices.NONE, lettingOut(field));
    }

    /** The shipped policy, with small numbers of one field more for analytics. */
    private static RedactionPolicy lettingOut(String field) throws PolicyException {
        TreeMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put(
                "p.yaml",
                """
                policy: p-1
                extends: ottomatiq-2024-01-10
                fields:
                  - {field: "%s", clause: usage.data, because: x, owner: me, routes: {analytics: {number: {max: 99}}}}
                """
                        .formatted(field));
        return PolicyReader.read(new PolicyFiles("p.yaml", files));
    }

    @Test
    void aReplayMakesTheSameEvent() {
        assertEquals(
                process(LINE.formatted("/dashboard", "-")).released,
                process(LINE.formatted("/dashboard", "-")).released);
    }

    @Test
    void everyRouteAccountsForEveryRecord() {
        Recorded recorded = process(LINE.formatted("/", "-") + "\n\nbroken [line \"GET\n"
                + LINE.formatted("/x", "-").substring(0, 90)
                + "\n{\"type\":\"page_view\"}\n[{\"type\":\"click\"},{\"no\":1},{\"type\":\"login\"}]");

        for (String route : List.of("analytics", "security", "operations")) {
            assertEquals(7, recorded.total(route), route);
            assertEquals(2, recorded.quarantined.get(route).size(), route + recorded.quarantined);
        }
        assertEquals(1, recorded.blank);
        assertEquals(5, sealed.size());
    }

    @Test
    void clientsOfPracticesLeaveAsACountByTemplateAndDay() {
        Recorded recorded = process(LINE.formatted("/i/8f14e45fceea167a5a36dedd4bea2543", "https://mail.example.org/"));

        CleanEvent analytics = recorded.only("analytics");
        assertEquals("/i/:token", analytics.getUrlPath());
        assertEquals("client", analytics.getAudience());
        assertEquals(Instant.parse("2024-01-10T00:00:00Z"), analytics.getTimestamp());
        assertEquals(Instant.parse("2024-01-10T00:00:00Z"), analytics.getEventIngested());
        assertNull(analytics.getVisitorId());
        assertNull(analytics.getHttpRequestReferrer());
        assertNull(analytics.getUserAgentName());
        CleanEvent security = recorded.only("security");
        assertTrue(String.valueOf(security.getSourceIp()).startsWith("tok_ip_"));
        assertNull(security.getUserName());
    }

    private static final String USAGE =
            """
            {"type":"page_view","timestamp":"2024-01-10T12:34:50Z","user":{"id":"u-4711","email":"jane@example.com"},\
            "account":{"id":"practice-1"},"anonymous_id":"c00kie-1","page":{"url":"https://app.ottomatiq.example/clients/Zo%%C3%%A9-Roy",\
            "referrer":"https://app.ottomatiq.example/clients/Zo%%C3%%A9-Roy/notes","title":"Zoé Roy","search":"zoé roy"},\
            "context":{"ip":"2001:db8::7","user_agent":"curl/8","locale":"fr-CA"},"consent":{%s},"headers":{%s},\
            "props":{"plan":"pro","results":3,"note":"Zoé Roy","Zoé Roy":1,"email":"pay@example.com"}}""";

    @Test
    void usageEventsLoseWhatNamesAPatient() {
        Recorded recorded = process(USAGE.formatted("", ""));

        CleanEvent event = recorded.only("analytics");
        assertEquals("/clients/:client", event.getUrlPath());
        assertEquals(Map.of("plan", "pro", "results", 3L), event.getProps());
        assertEquals("fr", event.getUserAgentLanguage());
        assertTrue(String.valueOf(event.getVisitorId()).startsWith("tok_visitor_2024q1_"));
        for (List<String> documents : recorded.released.values()) {
            for (String personal :
                    List.of("Zo", "zo", "Roy", "roy", "jane", "4711", "c00kie", "2001:db8", "example.com")) {
                assertFalse(
                        withoutHashes(documents.get(0)).contains(personal), personal + " left in " + documents.get(0));
            }
        }
    }

    /** Two letters of a name stand in some hash by chance. */
    private static String withoutHashes(String text) {
        return text.replaceAll("tok_[A-Za-z0-9_-]+", "").replaceAll("\"event\\.id\":\"[^\"]*\"", "");
    }

    @Test
    void theVaultGetsNeitherSecretsNorClients() {
        process(USAGE.formatted("", "\"authorization\":[\"Bearer s3cr3t-token-value\"]"));
        process(LINE.formatted("/password/reset/0123456789abcdef", "https://app.ottomatiq.example/clients/zoe-roy"));

        for (String record : sealed) {
            for (String cut : List.of("Zo", "zo", "oy", "s3cr3t", "0123456789abcdef")) {
                assertFalse(withoutHashes(record).contains(cut), cut + " left in " + record);
            }
        }
        assertTrue(sealed.get(0).contains("jane@example.com"), "the original stays readable: " + sealed.get(0));
        assertTrue(sealed.get(1).contains("192.0.2.7"));
        assertTrue(sealed.get(1).contains("/password/reset/<cut>"), sealed.get(1));
    }

    /** An agent takes the header apart: what it says counts all the same, and no session is sealed. */
    @Test
    void cookiesThatAnAgentTookApartAreSignalsAndAreNotSealed() {
        Recorded recorded =
                process("{\"transaction\":{\"id\":\"t1\",\"trace_id\":\"r1\",\"type\":\"request\",\"duration\":1,"
                        + "\"span_count\":{\"started\":1},\"context\":{\"user\":{\"email\":\"jane@example.com\"},\"request\":{\"method\":"
                        + "\"GET\",\"headers\":{\"cookie\":[\"old=0ld-s3cr3t\"],\"Authorization\":\"Bearer s3cr3t-token\"},"
                        + "\"cookies\":{\"sid\":\"s3cr3t-session\",\"analytics_opt_out\":\"1\"}}}}}");

        assertEquals(1, recorded.suppressed.get("analytics"));
        recorded.only("security");
        assertEquals(1, sealed.size());
        assertFalse(sealed.get(0).contains("s3cr3t"), sealed.get(0));
        assertTrue(sealed.get(0).contains("jane@example.com"), "the original stays readable: " + sealed.get(0));
    }

    /** A browser goes to the client's page by each of these, so each of them names the client. */
    @Test
    void theVaultGetsNoClientWhoseAddressIsWrittenInAnotherWay() {
        process(LINE.formatted("/x/../clients/zoe-roy", "-"));
        process(LINE.formatted("/clients/%2e/zoe-roy", "-"));
        process(LINE.formatted("/dashboard", "https:\\\\jane@app.ottomatiq.example\\clients\\zoe-roy"));

        assertEquals(3, sealed.size());
        for (String record : sealed) {
            assertFalse(record.contains("roy"), record);
            assertTrue(record.contains("<cut>"), record);
        }
    }

    @Test
    void optOutsSuppressAnalyticsAlone() {
        for (String value : List.of(
                USAGE.formatted("\"opt_out\":true", ""),
                USAGE.formatted("", "\"cookie\":[\"a=b; analytics_opt_out=1\"]"),
                USAGE.formatted("\"gpp\":\"DBABLA~BVQqAAAAAgA.QA\"", ""),
                USAGE.formatted("\"us_privacy\":\"nonsense\"", ""))) {
            Recorded recorded = process(value);
            assertEquals(1, recorded.suppressed.get("analytics"), value);
            recorded.only("security");
            recorded.only("operations");
        }
    }

    @Test
    void recordedChoicesOfAnyIdentifierCount() {
        for (Identifier identifier : List.of(
                Identifier.of(Identifier.Kind.USER, "u-4711"),
                Identifier.of(Identifier.Kind.EMAIL, " Jane@Example.com"),
                Identifier.of(Identifier.Kind.COOKIE, "c00kie-1"))) {
            GateKey refused = identifier.gateKey(keys.gate());
            Recorded recorded = process(USAGE.formatted("", ""), SourceOptions.DEFAULT, refusing(refused), policy);
            assertEquals(
                    1, recorded.suppressed.get("analytics"), identifier.kind().label());
            recorded.only("security");
        }
        assertEquals(
                1,
                process(USAGE.formatted("", ""), SourceOptions.DEFAULT, refusing(new GateKey(1, 2)), policy)
                        .released
                        .get("analytics")
                        .size());
    }

    private static Choices refusing(GateKey key) {
        return new Choices() {
            @Override
            public @Nullable Choice find(GateKey asked, Purpose purpose) {
                return asked.equals(key) && purpose.name().equals("analytics") ? Choice.REFUSED : null;
            }

            @Override
            public boolean isEmpty() {
                return false;
            }
        };
    }

    @Test
    void signalsAnonymize() {
        for (String signal : List.of("\"gpc\":true", "\"dnt\":\"1\"")) {
            CleanEvent event = process(USAGE.formatted(signal, "")).only("analytics");
            assertNull(event.getVisitorId(), signal);
            assertNull(event.getHttpRequestReferrer(), signal);
            assertNull(event.getOrganizationId(), signal);
            assertNull(event.getSourceGeoRegionIsoCode(), signal);
            assertNull(event.getProps(), signal);
            assertEquals(Instant.parse("2024-01-10T12:00:00Z"), event.getTimestamp(), signal);
            assertEquals(Instant.parse("2024-01-10T12:00:00Z"), event.getEventIngested(), signal);
            assertEquals("/clients/:client", event.getUrlPath(), signal);
        }
        for (String header : List.of("\"sec-gpc\":[\"1\"]", "\"DNT\":[\"1\"]")) {
            assertNull(process(USAGE.formatted("", header)).only("analytics").getVisitorId(), header);
        }
        assertTrue(process(USAGE.formatted("", "\"dnt\":[\"yes\"]"))
                        .only("analytics")
                        .getVisitorId()
                != null);
    }

    @Test
    void whereTheLawAsksForConsentAnUnknownCountryCountsAsOneOfThem() {
        Recorded recorded = process(
                USAGE.formatted("", ""), SourceOptions.DEFAULT, Choices.NONE, shipped("ottomatiq-2024-01-10-optin"));
        assertNull(recorded.only("analytics").getVisitorId());
    }

    @Test
    void aSendersWordForWhatSluiceLooksUpIsNotBelieved() {
        Recorded recorded = process(
                "{\"type\":\"click\",\"source\":{\"geo\":{\"country_iso_code\":\"Zoé Roy\"}},"
                        + "\"visitor\":{\"id\":\"zoe\"},\"audience\":\"client\",\"event\":{\"page_view\":\"zoe\",\"id\":\"zoe\"},"
                        + "\"user_agent\":{\"name\":\"zoe\",\"robot\":\"zoe\"},\"url\":{\"path\":\"/zoe\"},\"policy\":{\"version\":\"zoe\"}}");
        for (List<String> documents : recorded.released.values()) {
            assertFalse(documents.get(0).contains("zoe") || documents.get(0).contains("Zo"), documents.get(0));
        }
        assertNull(recorded.only("analytics").getAudience());
    }

    @Test
    void timesOutsideTheWindowAreMarkedAndKept() {
        CleanEvent event =
                process(LINE.formatted("/", "-").replace("2024", "2015")).only("analytics");
        assertEquals(Instant.parse("2015-01-10T12:34:50Z"), event.getTimestamp());
        assertEquals("outside-window", event.getEventTimeliness());
    }

    @Test
    void aTopicWithoutReceiveTimeAndAnUnknownDatasetAreQuarantined() {
        Recorded recorded = new Recorded();
        PrivacyBoundary boundary =
                new PrivacyBoundary(PolicyTimeline.always(policy), Choices.NONE, keys, Enricher.NONE, Sealer.NONE);
        SourceOptions text = SourceOptions.DEFAULT.withFormat(LogFormat.TEXT);
        boundary.process(new RawRecord("t", 0, 1, RawRecord.NO_RECEIVE_TIME, Bytes.of("x"), text), recorded);
        boundary.process(new RawRecord("t", 0, 2, RECEIVED, Bytes.of("x"), text.withDataset("nobody")), recorded);
        assertEquals(List.of(Reason.NO_RECEIVE_TIME, Reason.UNKNOWN_OPTION), recorded.quarantined.get("analytics"));
    }

    @Test
    void aRecordThatTheVaultKeepsNoMoreIsQuarantinedAndNeitherSealedNorReleased() {
        Recorded recorded =
                process(LINE.formatted("/", "-") + "\n" + LINE.formatted("/pricing", "-"), new Keeping(false, false));
        assertEquals(List.of(Reason.EXPIRED, Reason.EXPIRED), recorded.quarantined.get("analytics"));
        assertEquals(2, recorded.total("security"));
        assertEquals(Map.of(), recorded.released);
        assertEquals(List.of(), recorded.identified);
        assertEquals(List.of(), sealed);
    }

    @Test
    void whatIsQuarantinedIsKeptForAShorterTimeThanTheRest() {
        Keeping short14 = new Keeping(true, false);
        assertEquals(1, process(LINE.formatted("/", "-"), short14).total("analytics"));
        assertEquals(List.of(false), sealedQuarantined);
        Recorded recorded = process("{\"type\": broken zoe@example.com 192.0.2.9", short14);
        assertEquals(List.of(Reason.EXPIRED), recorded.quarantined.get("analytics"));
        assertEquals(1, sealed.size(), "only the first");
        assertEquals(List.of(), recorded.identified);
    }

    /** What the vault still keeps. */
    private record Keeping(boolean records, boolean quarantine) {}

    private Recorded process(String value, Keeping keeping) {
        Recorded recorded = new Recorded();
        Sealer sealer = new Sealer() {
            @Override
            public void seal(RawRecord from, Position at, Bytes record, boolean quarantined, List<byte[]> terms) {
                sealed.add(record.text());
                sealedQuarantined.add(quarantined);
            }

            @Override
            public boolean takes(RawRecord from, boolean quarantined) {
                return quarantined ? keeping.quarantine() : keeping.records();
            }
        };
        new PrivacyBoundary(PolicyTimeline.always(policy), Choices.NONE, keys, Enricher.NONE, sealer)
                .process(new RawRecord("topic-a", 0, 42, RECEIVED, Bytes.of(value), SourceOptions.DEFAULT), recorded);
        return recorded;
    }

    @Test
    void identifiersGoToTheSubjectIndexUnderTheirEventsPosition() {
        Recorded recorded = process("[" + USAGE.formatted("", "") + "," + USAGE.formatted("", "") + "]");
        List<String> first =
                recorded.identified.stream().filter(row -> row.startsWith("0:")).toList();
        List<String> second =
                recorded.identified.stream().filter(row -> row.startsWith("1:")).toList();
        assertTrue(first.size() >= 4, first.toString());
        assertEquals(
                first.stream().map(row -> row.substring(2)).toList(),
                second.stream().map(row -> row.substring(2)).toList());
    }

    @Test
    void quarantinedBytesAreSealedApartAndFoundByWhatIsInThem() {
        Recorded recorded = process("{\"type\": broken zoe@example.com 192.0.2.9");
        assertEquals(List.of(Reason.INVALID_JSON), recorded.quarantined.get("analytics"));
        assertEquals(List.of(true), sealedQuarantined);
        assertEquals(2, recorded.identified.size());
    }
}
