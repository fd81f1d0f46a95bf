package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rules that take a user agent apart: families and versions by our own ({@code user-agents.yaml}), then by those of
 * uap-core, which come with uap-java; the device by words. Read-only, safe to use from several threads.
 */
final class UserAgentRules {
    /** Longer user agents are read up to here: the cost of the rules grows with the length, and senders choose it. */
    private static final int MAX_LENGTH = 512;

    static final Value OTHER = new Value.Text("Other");

    private final UapCoreRules uapCoreBrowsers = UapCoreRules.browsers();
    private final UapCoreRules uapCoreSystems = UapCoreRules.systems();
    private final AgentRules browsers;
    private final AgentRules systems;
    private final AgentRules coarseBrowsers;
    private final AgentRules coarseSystems;
    private final WordScan words;

    private UserAgentRules(AgentRuleFile own) {
        WordScan.Builder builder = new WordScan.Builder();
        DeviceWords.addTo(builder);
        this.browsers = new AgentRules(own.browsers(), builder);
        this.systems = new AgentRules(own.systems(), builder);
        this.coarseBrowsers = new AgentRules(CoarseRules.BROWSERS, builder);
        this.coarseSystems = new AgentRules(CoarseRules.SYSTEMS, builder);
        this.words = builder.build();
    }

    static UserAgentRules load() {
        return new UserAgentRules(AgentRuleFile.shipped());
    }

    /** By all rules: some microseconds, and more for the first user agents of a kind, whose expressions are compiled then. */
    UserAgentFacts read(String userAgent) {
        String read = limited(userAgent);
        WordScan.Found found = words.find(read);
        AgentRules.Named browser = browsers.first(found, read);
        AgentRules.Named system = systems.first(found, read);
        return facts(
                browser == null ? uapCoreBrowsers.first(read) : browser,
                system == null ? uapCoreSystems.first(read) : system,
                DeviceWords.device(read, found.flags()));
    }

    /** By words, without regexes: a microsecond. Beside those of our own it knows the browsers that most people use. */
    UserAgentFacts readCoarsely(String userAgent) {
        String read = limited(userAgent);
        WordScan.Found found = words.find(read);
        AgentRules.Named browser = browsers.first(found, read);
        AgentRules.Named system = systems.first(found, read);
        if (browser == null) {
            browser = coarseBrowsers.first(found, read);
        }
        if (system == null) {
            system = coarseSystems.first(found, read);
        }
        return facts(browser, system, DeviceWords.device(read, found.flags()));
    }

    private static UserAgentFacts facts(
            AgentRules.@Nullable Named browser, AgentRules.@Nullable Named system, DeviceType device) {
        return new UserAgentFacts(
                browser == null ? OTHER : browser.name(),
                browser == null ? null : browser.version(),
                system == null ? OTHER : system.name(),
                device);
    }

    private static String limited(String userAgent) {
        return userAgent.length() <= MAX_LENGTH ? userAgent : userAgent.substring(0, MAX_LENGTH);
    }
}
