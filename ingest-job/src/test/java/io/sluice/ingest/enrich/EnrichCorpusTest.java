package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.parse.CorpusFiles;
import io.sluice.ingest.parse.IpLiteral;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@Tag("corpora")
class EnrichCorpusTest {
    /** Families of uap-core that people browse with. */
    private static final Set<String> BROWSERS = Set.of(
            "Chrome",
            "Firefox",
            "Safari",
            "Edge",
            "Opera",
            "IE",
            "Chrome Mobile",
            "Mobile Safari",
            "Samsung Internet",
            "Firefox Mobile",
            "Chrome Mobile iOS",
            "Edge Mobile",
            "Opera Mobile",
            "Opera Mini",
            "IE Mobile",
            "Android",
            "Chromium",
            "Firefox iOS",
            "Chrome Mobile WebView",
            "UC Browser",
            "Vivaldi",
            "Yandex Browser",
            "Mobile Safari UI/WKWebView",
            "QQ Browser",
            "MIUI Browser",
            "Whale",
            "DuckDuckGo Mobile",
            "Konqueror",
            "SeaMonkey",
            "Netscape",
            "Camino",
            "Iron",
            "Maxthon",
            "Puffin",
            "Facebook",
            "Instagram");

    private static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(CorpusFiles.bytes(name));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> cases(String name) {
        String yaml = new String(CorpusFiles.bytes("ua-uap/" + name), StandardCharsets.UTF_8);
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        return (List<Map<String, Object>>) Objects.requireNonNull(
                ((Map<String, Object>) new Load(settings).loadFromString(yaml)).get("test_cases"));
    }

    @Test
    void familiesAndMajorVersionsAgreeWithUapCore() {
        UserAgentRules rules = UserAgentRules.load();
        List<String> wrong = new ArrayList<>();
        int total = 0;
        for (String file : List.of("test_ua.yaml", "firefox_user_agent_strings.yaml")) {
            for (Map<String, Object> one : cases(file)) {
                UserAgentFacts facts = rules.read(String.valueOf(one.get("user_agent_string")));
                String major = one.get("major") == null ? "" : one.get("major").toString();
                String read = text(facts.name()) + " " + (facts.version() == null ? "" : text(facts.version()));
                total++;
                if (!read.equals(one.get("family") + " " + major)) {
                    wrong.add(one.get("family") + " " + major + " read as " + read);
                }
            }
        }
        assertTrue(wrong.size() <= total * 0.02, wrong.size() + " of " + total + ": " + wrong);
    }

    @Test
    void systemsAgreeWithUapCore() {
        UserAgentRules rules = UserAgentRules.load();
        int total = 0;
        int right = 0;
        for (String file : List.of("test_os.yaml", "additional_os_tests.yaml")) {
            for (Map<String, Object> one : cases(file)) {
                total++;
                right += text(rules.read(String.valueOf(one.get("user_agent_string")))
                                        .os())
                                .equals(one.get("family"))
                        ? 1
                        : 0;
            }
        }
        assertTrue(right >= total * 0.98, right + " of " + total);
    }

    @Test
    void theRulesOfUapCoreAreReadAsUapJavaReadsThem() throws IOException {
        List<String> userAgents = new ArrayList<>();
        for (String file : List.of(
                "test_ua.yaml", "firefox_user_agent_strings.yaml", "test_os.yaml", "additional_os_tests.yaml")) {
            cases(file).forEach(one -> userAgents.add(String.valueOf(one.get("user_agent_string"))));
        }
        for (JsonNode entry : json("bots-crawler-user-agents/crawler-user-agents.json")) {
            entry.path("instances").forEach(instance -> userAgents.add(instance.asText()));
        }
        for (String userAgent : userAgents) {
            assertEquals(
                    UapCoreRulesTest.browserByUapJava(userAgent),
                    UapCoreRulesTest.other(UapCoreRulesTest.browser(userAgent)),
                    userAgent);
            assertEquals(
                    UapCoreRulesTest.systemByUapJava(userAgent),
                    UapCoreRulesTest.other(UapCoreRulesTest.system(userAgent)),
                    userAgent);
        }
        assertTrue(userAgents.size() > 4_000);
    }

    private static String text(Value value) {
        return ((Value.Text) value).text();
    }

    @Test
    void robotsAreFoundAndBrowsersAreNot() throws IOException {
        UserAgentRules rules = UserAgentRules.load();
        int robots = 0;
        int found = 0;
        for (JsonNode entry : json("bots-crawler-user-agents/crawler-user-agents.json")) {
            for (JsonNode instance : entry.path("instances")) {
                robots++;
                found += rules.readCoarsely(instance.asText()).device() == DeviceType.ROBOT ? 1 : 0;
            }
        }
        List<String> wrong = new ArrayList<>();
        int browsers = 0;
        for (String file : List.of("test_ua.yaml", "firefox_user_agent_strings.yaml")) {
            for (Map<String, Object> one : cases(file)) {
                String userAgent = String.valueOf(one.get("user_agent_string"));
                String lower = userAgent.toLowerCase(Locale.ROOT);
                // Robots that pose as a browser are listed there under the browser's name.
                if (BROWSERS.contains(one.get("family")) && !lower.contains("preview")) {
                    browsers++;
                    if (rules.readCoarsely(userAgent).device() == DeviceType.ROBOT) {
                        wrong.add(userAgent);
                    }
                }
            }
        }
        assertTrue(found >= robots * 0.98, found + " of " + robots);
        assertTrue(browsers > 400 && wrong.size() <= browsers * 0.01, wrong.toString());
    }

    @Test
    void referrerClassesAgreeWithSnowplow() throws IOException {
        Referrers referrers = new Referrers(ReferrerHosts.load(List.of("snowplowanalytics.com")));
        List<String> wrong = new ArrayList<>();
        int total = 0;
        for (JsonNode one : json("referrer-snowplow/referer-tests.json")) {
            Event event = new Event().set(Fields.HTTP_REFERRER, one.path("uri").asText());
            referrers.enrich(event);
            String medium = one.path("medium").asText();
            total++;
            if (!(medium.equals("unknown") ? "referral" : medium).equals(event.text(Fields.HTTP_REFERRER_CLASS))) {
                wrong.add(one.path("spec").asText() + " is " + event.text(Fields.HTTP_REFERRER_CLASS));
            }
        }
        assertTrue(wrong.size() <= total * 0.05, wrong.toString());
    }

    @Test
    void everyNetworkOfTheTestDatabasesIsFound() throws IOException {
        EnrichConfig config = EnrichConfig.withDefaults(Clock.systemUTC())
                .withPlaceDatabase(CorpusFiles.path("geo-maxmind/GeoLite2-City-Test.mmdb"))
                .withNetworkDatabase(CorpusFiles.path("geo-maxmind/GeoLite2-ASN-Test.mmdb"));
        try (EnrichData data = EnrichData.load(config)) {
            GeoLookup lookup = new GeoLookup(data, 1_000);
            int places = 0;
            for (Map.Entry<String, JsonNode> network : networks("geo-maxmind/GeoLite2-City-Test.json")) {
                byte[] address = first(network.getKey());
                if (!ReservedNetworks.contain(IpNetwork.unmapped(address))) {
                    Place place = lookup.place(InetAddress.getByAddress(address).getHostAddress());
                    String country =
                            network.getValue().path("country").path("iso_code").asText("");
                    String region = network.getValue()
                            .path("subdivisions")
                            .path(0)
                            .path("iso_code")
                            .asText("");
                    assertEquals(country, place.country() == null ? "" : text(place.country()), network.getKey());
                    assertEquals(
                            country.isEmpty() || region.isEmpty() ? "" : country + "-" + region,
                            place.region() == null ? "" : text(place.region()),
                            network.getKey());
                    places++;
                }
            }
            int systems = 0;
            for (Map.Entry<String, JsonNode> network : networks("geo-maxmind/GeoLite2-ASN-Test.json")) {
                byte[] address = first(network.getKey());
                if (!ReservedNetworks.contain(IpNetwork.unmapped(address))) {
                    Place place = lookup.place(InetAddress.getByAddress(address).getHostAddress());
                    JsonNode number = network.getValue().path("autonomous_system_number");
                    assertEquals(
                            number.isMissingNode() ? null : new Value.Whole(number.asLong()),
                            place.asNumber(),
                            network.getKey());
                    String organization = network.getValue()
                            .path("autonomous_system_organization")
                            .asText("");
                    assertEquals(
                            organization,
                            place.asOrganization() == null ? "" : text(place.asOrganization()),
                            network.getKey());
                    systems++;
                }
            }
            assertTrue(places > 100 && systems > 100, places + " " + systems);
        }
    }

    private static List<Map.Entry<String, JsonNode>> networks(String name) throws IOException {
        List<Map.Entry<String, JsonNode>> networks = new ArrayList<>();
        for (JsonNode entry : json(name)) {
            networks.addAll(entry.properties());
        }
        return networks;
    }

    private static byte[] first(String network) {
        return Objects.requireNonNull(IpLiteral.parse(network.substring(0, network.indexOf('/'))));
    }
}
