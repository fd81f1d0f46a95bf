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
 * The rules that take a user agent apart: families and versions by those of uap-core, which come with uap-java, the
 * device by words. Read-only, safe to use from several threads.
 */
final class UserAgentRules {
    /** Longer user agents are read up to here: the cost of the rules grows with the length, and senders choose it. */
    private static final int MAX_LENGTH = 512;

    private static final String DEVICES = "\ndevice_parsers:";

    private final Parser parser;
    private final DeviceWords devices;

    private UserAgentRules(Parser parser, DeviceWords devices) {
        this.parser = parser;
        this.devices = devices;
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
                    new Parser(new ByteArrayInputStream(wanted.getBytes(StandardCharsets.UTF_8))), DeviceWords.load());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By all rules: some tenths of a millisecond. */
    UserAgentFacts read(String userAgent) {
        String read = limited(userAgent);
        UserAgent browser = parser.parseUserAgent(read);
        OS os = parser.parseOS(read);
        return new UserAgentFacts(
                family(browser == null ? null : browser.family),
                browser == null || browser.major == null || browser.major.isEmpty()
                        ? null
                        : new Value.Text(browser.major),
                family(os == null ? null : os.family),
                devices.of(read));
    }

    /** By a few words, without regexes: a microsecond. Knows only the browsers that most people use. */
    UserAgentFacts readCoarsely(String userAgent) {
        String read = limited(userAgent);
        CoarseBrowser browser = CoarseBrowser.of(read);
        return new UserAgentFacts(browser.name(), browser.version(read), CoarseBrowser.os(read), devices.of(read));
    }

    private static String limited(String userAgent) {
        return userAgent.length() <= MAX_LENGTH ? userAgent : userAgent.substring(0, MAX_LENGTH);
    }

    private static Value family(@Nullable String family) {
        return family == null || family.isEmpty() ? CoarseBrowser.OTHER : new Value.Text(family);
    }
}
