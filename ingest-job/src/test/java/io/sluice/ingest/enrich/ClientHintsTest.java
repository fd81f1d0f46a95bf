package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hints and user agents are invented, in the forms that the specification shows. */
class ClientHintsTest {
    private static final UserAgentRules RULES = UserAgentRules.load();
    private static final String WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) ";
    private static final String WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + WEBKIT + "Chrome/124.0.0.0 Safari/537.36";
    private static final String BRAVE = "\"Chromium\";v=\"124\", \"Brave\";v=\"124\", \"Not-A.Brand\";v=\"99\"";

    private static UserAgents agents(SteppedClock clock, int perSecond, int kept) {
        return new UserAgents(
                RULES, 100, new MissBudget(0, clock), new HintReading(kept, new MissBudget(perSecond, clock)));
    }

    private static String described(Event event) {
        return described(agents(new SteppedClock(), 0, 10), event);
    }

    private static String described(UserAgents agents, Event event) {
        agents.enrich(event);
        return event.text(Fields.USER_AGENT_NAME) + " " + event.text(Fields.USER_AGENT_VERSION) + ", "
                + event.text(Fields.USER_AGENT_OS) + ", " + event.text(Fields.USER_AGENT_DEVICE_TYPE);
    }

    private static Event event(@Nullable String userAgent, String... hints) {
        Event event = new Event().set(Fields.USER_AGENT, userAgent);
        List<FieldPath> fields =
                List.of(Fields.HINT_BRANDS, Fields.HINT_MOBILE, Fields.HINT_PLATFORM, Fields.HINT_FULL_VERSIONS);
        for (int i = 0; i < hints.length; i++) {
            event.set(fields.get(i), hints[i]);
        }
        return event;
    }

    /** By a product's name, the user agent that a browser sends. */
    private static @Nullable String userAgent(@Nullable String name) {
        String chrome = WEBKIT + "Chrome/124.0.0.0 ";
        return switch (name == null ? "" : name) {
            case "windows" -> WINDOWS;
            case "edge" -> WINDOWS + " Edg/124.0.0.0";
            case "opera" -> WINDOWS + " OPR/110.0.0.0";
            case "mac" -> "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)" + chrome + "Safari/537.36";
            case "linux" -> "Mozilla/5.0 (X11; Linux x86_64)" + chrome + "Safari/537.36";
            case "ubuntu" -> "Mozilla/5.0 (X11; Ubuntu; Linux x86_64)" + chrome + "Safari/537.36";
            case "chromebook" -> "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)" + chrome + "Safari/537.36";
            case "phone" -> "Mozilla/5.0 (Linux; Android 10; K)" + chrome + "Mobile Safari/537.36";
            case "tablet" -> "Mozilla/5.0 (Linux; Android 10; K)" + chrome + "Safari/537.36";
            case "bare" -> "Mozilla/5.0 (K)" + chrome + "Safari/537.36";
            case "webview" ->
                "Mozilla/5.0 (Linux; Android 10; K; wv)" + WEBKIT + "Version/4.0 Chrome/124.0.0.0 Mobile Safari/537.36";
            case "robot" -> "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" + chrome;
            case "television" -> "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0)" + chrome + "TV Safari/537.36";
            case "firefox" -> "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0";
            case "old" -> WINDOWS.replace("124", "90");
            default -> null;
        };
    }

    /** Brands as {@code Sec-CH-UA} has them: beside each with a version, the engine and one made up against habits. */
    private static String brands(@Nullable String named) {
        StringBuilder list = new StringBuilder("\"Not/A)Brand\";v=\"8\", \"Chromium\";v=\"124\"");
        for (String brand : named == null ? new String[0] : named.split("\\+")) {
            String[] parts = brand.split(":");
            list.append(", \"")
                    .append(parts[0])
                    .append("\";v=\"")
                    .append(parts[1])
                    .append('"');
        }
        return list.toString();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            # user agent, brands beside Chromium, mobile, platform, what comes of it
            windows,    Google Chrome:124,                ?0, Windows,     'Chrome 124, Windows, desktop'
            windows,    Brave:124,                        ?0, Windows,     'Brave 124, Windows, desktop'
            windows,    Microsoft Edge:123,               ?0, Windows,     'Edge 123, Windows, desktop'
            windows,    Vivaldi:6.7,                      ?0, Windows,     'Vivaldi 6, Windows, desktop'
            windows,    YaBrowser:24.4+Yowser:2.5,        ?0, Windows,     'Yandex Browser 24, Windows, desktop'
            windows,    AVG Secure Browser:124,           ?0, Windows,     'AVG 124, Windows, desktop'
            windows,    DuckDuckGo:124,                   ?0, Windows,     'DuckDuckGo 124, Windows, desktop'
            windows,    HeadlessChrome:124,               ?0, Windows,     'HeadlessChrome 124, Windows, desktop'
            windows,    ,                                 ?0, Windows,     'Chromium 124, Windows, desktop'
            windows,    Somebody:1,                       ?0, Windows,     'Chromium 124, Windows, desktop'
            mac,        Brave:124,                        ?0, macOS,       'Brave 124, Mac OS X, desktop'
            linux,      Opera GX:110,                     ?0, Linux,       'Opera GX 110, Linux, desktop'
            ubuntu,     Brave:124,                        ?0, Linux,       'Brave 124, Ubuntu, desktop'
            chromebook, Google Chrome:124,                ?0, Chrome OS,   'Chrome 124, Chrome OS, desktop'
            chromebook, Google Chrome:124,                ?0, Chromium OS, 'Chrome 124, Chrome OS, desktop'
            phone,      Google Chrome:124,                ?1, Android,     'Chrome Mobile 124, Android, mobile'
            phone,      Microsoft Edge:124,               ?1, Android,     'Edge Mobile 124, Android, mobile'
            phone,      Opera:115+OperaMobile:86,         ?1, Android,     'Opera Mobile 86, Android, mobile'
            phone,      DuckDuckGo:5,                     ?1, Android,     'DuckDuckGo Mobile 5, Android, mobile'
            phone,      Samsung Internet:25,              ?0, Android,     'Samsung Internet 25, Android, tablet'
            tablet,     Google Chrome:124,                ?0, Android,     'Chrome 124, Android, tablet'
            tablet,     Microsoft Edge:124,               ?1, Android,     'Edge Mobile 124, Android, mobile'
            webview,    Android WebView:124,              ?1, Android,     'Chrome Mobile WebView 124, Android, mobile'
            bare,       Google Chrome:124,                ?1, Android,     'Chrome 124, Android, mobile'
            bare,       Google Chrome:124,                ?0, Android,     'Chrome 124, Android, tablet'
            bare,       Google Chrome:124,                ?0, Windows,     'Chrome 124, Windows, desktop'
            bare,       Google Chrome:124,                ?0, Unknown,     'Chrome 124, Other, other'
            # A product of the user agent's own stays.
            edge,       Google Chrome:124,                ?0, Windows,     'Edge 124, Windows, desktop'
            opera,      Brave:124,                        ?0, Windows,     'Opera 110, Windows, desktop'
            # Robots and televisions are told by the user agent.
            robot,      Google Chrome:124,                ?1, Android,     'Googlebot 2, Other, robot'
            television, Samsung Internet:2,               ?1, Linux,       'Samsung Internet 2, Tizen, tv'
            # What contradicts the user agent is nothing.
            firefox,    Google Chrome:124,                ?0, Windows,     'Firefox 125, Windows, desktop'
            old,        Brave:124,                        ?0, Windows,     'Chrome 90, Windows, desktop'
            windows,    Brave:124,                        ?1, Android,     'Chrome 124, Windows, desktop'
            mac,        Brave:124,                        ?0, Windows,     'Chrome 124, Mac OS X, desktop'
            windows,    Brave:124+Vivaldi:6,              ?0, Windows,     'Chrome 124, Windows, desktop'
            # Without a user agent the hints alone tell.
            ,           Google Chrome:124,                ?0, Windows,     'Chrome 124, Windows, desktop'
            ,           Google Chrome:124,                ?1, Android,     'Chrome Mobile 124, Android, mobile'
            ,           Microsoft Edge:124,               ?0, macOS,       'Edge 124, Mac OS X, desktop'
            """)
    void userAgentAndHintsTogether(
            @Nullable String userAgent, @Nullable String named, String mobile, String platform, String expected) {
        Event event = event(userAgent(userAgent), brands(named), mobile, '"' + platform + '"');
        assertEquals(expected, described(event));
    }

    @Test
    void aReducedUserAgentWithItsHintsSaysWhatItSaysAlone() {
        for (String name : List.of("windows", "mac", "linux", "chromebook", "phone", "tablet", "webview", "edge")) {
            String platform =
                    switch (name) {
                        case "mac" -> "macOS";
                        case "linux" -> "Linux";
                        case "chromebook" -> "Chrome OS";
                        case "windows", "edge" -> "Windows";
                        default -> "Android";
                    };
            String brand =
                    switch (name) {
                        case "webview" -> "Android WebView:124";
                        case "edge" -> "Microsoft Edge:124";
                        default -> "Google Chrome:124";
                    };
            String mobile = name.equals("phone") || name.equals("webview") ? "?1" : "?0";
            assertEquals(
                    described(event(userAgent(name))),
                    described(event(userAgent(name), brands(brand), mobile, '"' + platform + '"')),
                    name);
        }
    }

    @Test
    void theFullListCountsBeforeTheShortOneAndEachMayBeMissing() {
        String full = "\"Brave\";v=\"124.1.65.114\", \"Chromium\";v=\"124.0.6367.60\", \"Not-A.Brand\";v=\"99.0.0.0\"";
        assertEquals("Brave 124, Windows, desktop", described(event(WINDOWS, brands(null), "?0", "\"Windows\"", full)));
        assertEquals(
                "Brave 124, Windows, desktop",
                described(new Event().set(Fields.USER_AGENT, WINDOWS).set(Fields.HINT_FULL_VERSIONS, full)));
        assertEquals("Brave 124, Windows, desktop", described(event(WINDOWS, BRAVE, "?0", "\"Windows\"", "no list")));
        assertEquals("Other null, Windows, desktop", described(new Event().set(Fields.HINT_PLATFORM, "\"Windows\"")));
        assertEquals("Other null, Other, mobile", described(new Event().set(Fields.HINT_MOBILE, "?1")));
    }

    @Test
    void aListMayComeInSeveralLines() {
        Value lines = new Value.Items(
                List.of(new Value.Text("\"Chromium\";v=\"124\""), new Value.Text("\"Brave\";v=\"124\"")));
        assertEquals(
                "Brave 124, Windows, desktop",
                described(new Event().set(Fields.USER_AGENT, WINDOWS).set(Fields.HINT_BRANDS, lines)));
        Value flags = new Value.Items(List.of(new Value.Text("?0"), new Value.Text("?1")));
        assertEquals("null null, null, null", described(new Event().set(Fields.HINT_MOBILE, flags)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Brave",
                "\"Brave",
                "\"Brave\";v=\"124",
                "\"Brave\";v=\"124\",",
                "\"Brave\";v=\"124\" \"Chromium\";v=\"124\"",
                "\"Brave\";V=\"124\"",
                "\"Brave\";v=",
                "\"Brave\"; v =\"124\"",
                "\"Br\\ave\";v=\"124\"",
                "\"Brav\u00e9\", \"Brave\"",
                "\"\u0000\", \"Brave\"",
                "(\"Brave\");v=\"124\"",
                "Brave;v=124",
                "\"Brave\";;v=\"124\"",
                ",\"Brave\"",
                "{\"brand\":\"Brave\"}",
            })
    void aListWithAFaultSaysNothing(String brands) {
        assertNull(StructuredField.brands(brands));
        assertEquals("Chrome 124, Windows, desktop", described(event(WINDOWS, brands)));
    }

    @Test
    void listsAreReadAsTheRfcWritesThem() {
        assertEquals(
                List.of(
                        new StructuredField.Brand("(Not;A\"Bra\\nd", "99"),
                        new StructuredField.Brand("Chromium", "2"),
                        new StructuredField.Brand("Brave", null),
                        new StructuredField.Brand("", null)),
                StructuredField.brands(" \"(Not;A\\\"Bra\\\\nd\";v=\"99\"\t,\"Chromium\";q=0.5;  v=\"1\";*x;v=\"2\" ,  "
                        + "\"Brave\";v=124;b=?0,\"\" "));
        String sixteen = "\"a\"" + ", \"a\"".repeat(15);
        assertEquals(16, Objects.requireNonNull(StructuredField.brands(sixteen)).size());
        assertNull(StructuredField.brands(sixteen + ", \"a\""));
        assertNull(StructuredField.brands(sixteen + ","));
        assertEquals(true, StructuredField.flag(" ?1 "));
        assertEquals(false, StructuredField.flag("?0;x=y"));
        for (String none : List.of("", "?", "?2", "1", "true", "?11", "?1, ?1", "\"?1\"")) {
            assertNull(StructuredField.flag(none), none);
        }
        assertEquals("Chrome OS", StructuredField.string("\"Chrome OS\""));
        for (String none : List.of("", "Windows", "\"Windows", "\"Windows\", \"Windows\"", "\"\t\"")) {
            assertNull(StructuredField.string(none), none);
        }
    }

    @Test
    void longHintsAreNotRead() {
        String padded = BRAVE + " ".repeat(512 - 2 - BRAVE.length());
        assertEquals("Brave 124, Windows, desktop", described(event(WINDOWS, padded)));
        assertEquals("Chrome 124, Windows, desktop", described(event(WINDOWS, padded + " ")));
        String huge = "\"a\", ".repeat(1 << 18);
        assertEquals("Chrome 124, Windows, desktop", described(event(WINDOWS, huge, huge, huge, huge)));
        Value lines = new Value.Items(List.of(new Value.Text(BRAVE), new Value.Text(huge)));
        assertEquals(
                "Chrome 124, Windows, desktop",
                described(new Event().set(Fields.USER_AGENT, WINDOWS).set(Fields.HINT_BRANDS, lines)));
    }

    @Test
    void whateverIsSentOnlyNamesOfTheListsComeOut() {
        Random random = new Random(20240110);
        String alphabet = "\"\\;=v?10, ()\tBraveChromium\u00e9\u0000x";
        List<String> good = List.of(BRAVE, "?1", "\"Windows\"", BRAVE);
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 50_000; i++) {
            String[] hints = good.toArray(String[]::new);
            int changed = random.nextInt(hints.length);
            StringBuilder text = new StringBuilder(hints[changed]);
            for (int times = random.nextInt(4); times >= 0; times--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                if (random.nextBoolean()) {
                    text.insert(at, c);
                } else {
                    text.setCharAt(at, c);
                }
            }
            hints[changed] = text.toString();
            Event event = event(i % 2 == 0 ? null : WINDOWS, hints);
            String described = described(event);
            assertFalse(described.contains("\u00e9"), "a character of the sender's");
            names.add(String.valueOf(event.text(Fields.USER_AGENT_NAME)));
        }
        assertEquals(Set.of("Brave", "Chrome", "Chromium", "Other"), names);
    }

    @Test
    void beyondTheBoundTheUserAgentAloneDescribes() {
        SteppedClock clock = new SteppedClock();
        UserAgents agents = agents(clock, 1, 100);
        for (int i = 0; i < 10; i++) {
            assertEquals("Brave", name(agents, i), "ten seconds' worth at once");
        }
        assertEquals("Chrome", name(agents, 10));
        assertEquals("Brave", name(agents, 3), "what is known stays known");
        clock.step(1_000);
        assertEquals("Brave", name(agents, 10));
        assertEquals("Chrome", name(agents, 11), "and what was not read is not kept");
    }

    @Test
    void theCacheForgetsWhatWasNotAskedForLongest() {
        SteppedClock clock = new SteppedClock();
        UserAgents agents = agents(clock, 1, 2);
        for (int i = 0; i < 10; i++) {
            assertEquals("Brave", name(agents, i));
        }
        assertEquals("Brave", name(agents, 9));
        assertEquals("Brave", name(agents, 8));
        assertEquals("Chrome", name(agents, 7));
    }

    private static String name(UserAgents agents, int number) {
        Event event = event(WINDOWS, BRAVE + ", \"" + number + '"');
        agents.enrich(event);
        return String.valueOf(event.text(Fields.USER_AGENT_NAME));
    }

    @Test
    void theTextsPrintNothing() {
        assertEquals("HintTexts", HintTexts.of(event(WINDOWS, BRAVE)).toString());
    }
}
