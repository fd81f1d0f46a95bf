package io.sluice.ingest.enrich;

import static java.util.Map.entry;

import io.sluice.redaction.event.Value;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the brands and platforms of Client Hints are called by the rules for user agents. Both lists are closed: a brand
 * that is not in it, be it one made up against habits (GREASE) or a text of the sender's own, names nothing.
 */
final class HintNames {
    /** The name of the engine, which each browser with hints has among its brands. */
    static final String ENGINE = "Chromium";

    private static final Map<String, Family> BRANDS = Map.ofEntries(
            entry(ENGINE, new Family(0, "Chromium", "Chromium")),
            entry("Google Chrome", new Family(1, "Chrome", "Chrome Mobile")),
            entry("Android WebView", new Family(1, "Chrome Mobile WebView", "Chrome Mobile WebView")),
            browser("HeadlessChrome", "HeadlessChrome"),
            browser("Microsoft Edge", "Edge", "Edge Mobile"),
            browser("Opera", "Opera", "Opera Mobile"),
            // It calls itself Opera too.
            entry("OperaMobile", new Family(3, "Opera Mobile", "Opera Mobile")),
            browser("Opera GX", "Opera GX"),
            browser("Brave", "Brave"),
            browser("Vivaldi", "Vivaldi"),
            browser("Samsung Internet", "Samsung Internet"),
            browser("YaBrowser", "Yandex Browser"),
            browser("DuckDuckGo", "DuckDuckGo", "DuckDuckGo Mobile"),
            browser("Whale", "Whale"),
            browser("Avast Secure Browser", "Avast Secure Browser"),
            browser("AVG Secure Browser", "AVG"),
            browser("Avira Secure Browser", "Avira"),
            browser("CCleaner Browser", "CCleaner"),
            browser("Norton Private Browser", "Norton"),
            browser("HuaweiBrowser", "Huawei Browser"),
            browser("Oculus Browser", "Oculus Browser"));

    private static final Map<String, Value> PLATFORMS = Map.of(
            "Android", new Value.Text("Android"),
            "Chrome OS", new Value.Text("Chrome OS"),
            "Chromium OS", new Value.Text("Chrome OS"),
            "iOS", new Value.Text("iOS"),
            "Linux", new Value.Text("Linux"),
            "macOS", new Value.Text("Mac OS X"),
            "Windows", new Value.Text("Windows"));
    private static final Set<Value> SYSTEMS = Set.copyOf(PLATFORMS.values());
    private static final Set<Value> HANDHELD = Set.of(new Value.Text("Android"), new Value.Text("iOS"));

    private HintNames() {}

    /**
     * A browser.
     *
     * @param rank 0 for the engine, 1 for a browser that others are made of, more for any other: the highest counts
     * @param name its family, as the rules for user agents spell it
     * @param mobileName its family on a phone
     */
    record Family(int rank, Value name, Value mobileName) {
        Family(int rank, String name, String mobileName) {
            this(rank, new Value.Text(name), new Value.Text(mobileName));
        }
    }

    private static Map.Entry<String, Family> browser(String brand, String name) {
        return browser(brand, name, name);
    }

    private static Map.Entry<String, Family> browser(String brand, String name, String mobileName) {
        return entry(brand, new Family(2, name, mobileName));
    }

    static @Nullable Family family(String brand) {
        return BRANDS.get(brand);
    }

    static @Nullable Value system(String platform) {
        return PLATFORMS.get(platform);
    }

    /** Whether a platform can be of this name: only then can another one contradict it. */
    static boolean isSystem(Value system) {
        return SYSTEMS.contains(system);
    }

    static boolean isHandheld(Value system) {
        return HANDHELD.contains(system);
    }
}
