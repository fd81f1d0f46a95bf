package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UserAgentsTest {
    private static final UserAgentRules RULES = UserAgentRules.load();
    private static final String FIREFOX =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0";
    private static final String SAFARI_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) "
            + "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1";

    private static String text(UserAgentFacts facts) {
        Event event = new Event();
        facts.putInto(event);
        return event.text(Fields.USER_AGENT_NAME) + " " + event.text(Fields.USER_AGENT_VERSION) + ", "
                + event.text(Fields.USER_AGENT_OS) + ", " + event.text(Fields.USER_AGENT_DEVICE_TYPE) + ", "
                + ((Value.Flag) Objects.requireNonNull(event.get(Fields.USER_AGENT_ROBOT))).set();
    }

    private static String read(String userAgent) {
        return text(RULES.read(userAgent));
    }

    @Test
    void browsersSystemsAndDevices() {
        assertEquals("Firefox 121, Windows, desktop, false", read(FIREFOX));
        assertEquals("Mobile Safari 17, iOS, mobile, false", read(SAFARI_IPHONE));
        assertEquals(
                "Chrome 120, Mac OS X, desktop, false",
                read("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Chrome/120.0.0.0 Safari/537.36"));
        assertEquals(
                "Chrome Mobile 120, Android, mobile, false",
                read("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Chrome/120.0.0.0 Mobile Safari/537.36"));
        assertEquals(
                "Chrome 120, Android, tablet, false",
                read("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Chrome/120.0.0.0 Safari/537.36"));
        assertTrue(read("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "SamsungBrowser/2.2 Chrome/63.0.3239.84 TV Safari/537.36")
                .endsWith(", tv, false"));
        assertEquals("Other null, Other, other, false", read("nothing known"));
    }

    @Test
    void robotsAreLabelledAndPhonesNamedLikeThemAreNot() {
        assertEquals(
                "Googlebot 2, Other, robot, true",
                read("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"));
        assertTrue(read("curl/8.5.0").endsWith("robot, true"));
        assertTrue(read("SomeNewThing/1.0 (https://example.com/about)").endsWith("robot, true"));
        assertTrue(read("Mozilla/5.0 (Linux; U; Android 4.2.1; en-gb; CUBOT ONE Build/JOP40D) AppleWebKit/534.30 "
                        + "(KHTML, like Gecko) Version/4.0 Mobile Safari/534.30")
                .endsWith("mobile, false"));
    }

    @Test
    void theCoarseDescriptionKnowsTheCommonBrowsers() {
        assertEquals("Firefox 121, Windows, desktop, false", text(RULES.readCoarsely(FIREFOX)));
        assertEquals("Safari 17, iOS, mobile, false", text(RULES.readCoarsely(SAFARI_IPHONE)));
        assertEquals("Other null, Other, other, false", text(RULES.readCoarsely("nothing known")));
        assertTrue(text(RULES.readCoarsely("curl/8.5.0")).endsWith("robot, true"));
    }

    @Test
    void beyondTheBoundDescriptionsAreCoarseAndNotKept() {
        SteppedClock clock = new SteppedClock();
        UserAgents agents =
                new UserAgents(RULES, 100, new MissBudget(1, clock), new HintReading(1, new MissBudget(1, clock)));
        for (int i = 0; i < 10; i++) {
            assertEquals("Mobile Safari", name(agents, SAFARI_IPHONE + " " + i), "ten seconds' worth at once");
        }
        assertEquals("Safari", name(agents, SAFARI_IPHONE));
        assertEquals("Mobile Safari", name(agents, SAFARI_IPHONE + " 3"), "what is known stays known");
        clock.step(999);
        assertEquals("Safari", name(agents, SAFARI_IPHONE));
        clock.step(1);
        assertEquals("Mobile Safari", name(agents, SAFARI_IPHONE));
        assertEquals("Mobile Safari", name(agents, SAFARI_IPHONE));
        assertEquals("Safari", name(agents, SAFARI_IPHONE + " x"));
    }

    private static String name(UserAgents agents, String userAgent) {
        Event event = new Event().set(Fields.USER_AGENT, userAgent);
        agents.enrich(event);
        return String.valueOf(event.text(Fields.USER_AGENT_NAME));
    }

    @Test
    void theBudgetSavesTenSecondsAndNoClockSetBackFillsIt() {
        SteppedClock clock = new SteppedClock();
        MissBudget budget = new MissBudget(2, clock);
        assertEquals(20, taken(budget));
        clock.step(3_600_000);
        assertEquals(20, taken(budget));
        clock.step(-3_600_000);
        assertEquals(0, taken(budget));
        clock.step(1_000);
        assertEquals(2, taken(budget));
        assertTrue(new MissBudget(0, clock).take(), "0 is no bound");
    }

    private static int taken(MissBudget budget) {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }

    @Test
    void theCacheForgetsWhatWasNotAskedForLongest() {
        BoundedCache<String, String> cache = new BoundedCache<>(2);
        cache.put("a", "1");
        cache.put("b", "2");
        assertEquals("1", cache.get("a"));
        cache.put("c", "3");
        assertFalse(cache.containsKey("b"));
        assertTrue(cache.containsKey("a"));
    }

    @Test
    void hugeUserAgentsAreReadAtTheirBeginning() {
        assertEquals("Firefox 121, Windows, desktop, false", read(FIREFOX + " " + "x".repeat(1_000_000)));
        assertEquals("Other null, Other, other, false", read("\u0000é😀".repeat(200_000)));
    }
}
