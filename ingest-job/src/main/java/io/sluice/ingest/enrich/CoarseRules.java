package io.sluice.ingest.enrich;

import java.util.List;

/** The browsers and systems that most people use, under the names that uap-core gives them, told by one sign each. */
final class CoarseRules {
    /** In this order: browsers that pose as another come before it. */
    static final List<AgentRule> BROWSERS = List.of(
            rule("Edg/", "Edge"),
            rule("OPR/", "Opera"),
            rule("SamsungBrowser/", "Samsung Internet"),
            rule("Firefox/", "Firefox"),
            rule("FxiOS/", "Firefox iOS"),
            rule("Chrome/", "Chrome"),
            rule("Version/", "Safari"));

    static final List<AgentRule> SYSTEMS = List.of(
            rule("Windows", "Windows"),
            rule("Android", "Android"),
            rule("iPhone", "iOS"),
            rule("iPad", "iOS"),
            rule("Mac OS X", "Mac OS X"),
            rule("CrOS", "Chrome OS"),
            rule("Linux", "Linux"));

    private CoarseRules() {}

    private static AgentRule rule(String sign, String name) {
        return new AgentRule(
                name, "Most people use it.", List.of(sign), null, List.of(), List.of(), List.of(), List.of());
    }
}
