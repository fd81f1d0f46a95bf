package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import ua_parser.OS;
import ua_parser.Parser;
import ua_parser.UserAgent;

/**
 * The rules that take a user agent apart: families and versions by our own ({@code user-agents.yaml}), then by those of
 * uap-core, which come with uap-java; the device by words. Read-only, safe to use from several threads.
 */
final class UserAgentRules {
    /** Longer user agents are read up to here: the cost of the rules grows with the length, and senders choose it. */
    private static final int MAX_LENGTH = 512;

    private static final Value OTHER = new Value.Text("Other");
    private static final AgentRules.Named NOTHING_KNOWN = new AgentRules.Named(OTHER, null);

    private static final String DEVICES = "\ndevice_parsers:";

    private final Parser parser;
    private final AgentRules browsers;
    private final AgentRules systems;
    private final AgentRules coarseBrowsers;
    private final AgentRules coarseSystems;
    private final WordScan words;

    private UserAgentRules(Parser parser, AgentRuleFile own) {
        this.parser = parser;
        WordScan.Builder builder = new WordScan.Builder();
        DeviceWords.addTo(builder);
        this.browsers = new AgentRules(own.browsers(), builder);
        this.systems = new AgentRules(own.systems(), builder);
        this.coarseBrowsers = new AgentRules(CoarseRules.BROWSERS, builder);
        this.coarseSystems = new AgentRules(CoarseRules.SYSTEMS, builder);
        this.words = builder.build();
    }

    static UserAgentRules load() {
        try (InputStream stream = Parser.class.getResourceAsStream("/ua_parser/regexes.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("the rules of uap-java are missing from the class path");
            }
            String rules = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            // Two thirds of the rules name makes and models of devices, which nothing here keeps.
            int devices = rules.indexOf(DEVICES);
            String wanted = devices < 0 ? rules : rules.substring(0, devices) + DEVICES + " []\n";
            return new UserAgentRules(
                    new Parser(new ByteArrayInputStream(wanted.getBytes(StandardCharsets.UTF_8))),
                    AgentRuleFile.shipped());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By all rules: some tenths of a millisecond, or a microsecond if our own know browser and system. */
    UserAgentFacts read(String userAgent) {
        String read = limited(userAgent);
        WordScan.Found found = words.find(read);
        AgentRules.Named browser = browsers.first(found, read);
        AgentRules.Named system = systems.first(found, read);
        return facts(
                browser == null ? browserByUapCore(read) : browser,
                system == null ? systemByUapCore(read) : system.name(),
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
        return facts(
                browser == null ? NOTHING_KNOWN : browser,
                system == null ? OTHER : system.name(),
                DeviceWords.device(read, found.flags()));
    }

    private static UserAgentFacts facts(AgentRules.Named browser, Value system, DeviceType device) {
        return new UserAgentFacts(browser.name(), browser.version(), system, device);
    }

    private AgentRules.Named browserByUapCore(String userAgent) {
        UserAgent browser = parser.parseUserAgent(userAgent);
        return new AgentRules.Named(
                family(browser == null ? null : browser.family),
                browser == null || browser.major == null || browser.major.isEmpty()
                        ? null
                        : new Value.Text(browser.major));
    }

    private Value systemByUapCore(String userAgent) {
        OS system = parser.parseOS(userAgent);
        return family(system == null ? null : system.family);
    }

    private static String limited(String userAgent) {
        return userAgent.length() <= MAX_LENGTH ? userAgent : userAgent.substring(0, MAX_LENGTH);
    }

    private static Value family(@Nullable String family) {
        return family == null || family.isEmpty() ? OTHER : new Value.Text(family);
    }
}
