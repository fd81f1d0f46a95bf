package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Client Hints tell, in the words of our own rules and in none of the sender's. Immutable.
 *
 * @param name family of the browser on a desk, null if none is named
 * @param mobileName its family on a phone, null if none is named
 * @param version its major version
 * @param engine major version of Chromium
 * @param system the operating system
 * @param mobile whether pages for phones are wanted
 */
record ClientHints(
        @Nullable Value name,
        @Nullable Value mobileName,
        @Nullable Value version,
        @Nullable Value engine,
        @Nullable Value system,
        @Nullable Boolean mobile) {
    static final ClientHints NONE = new ClientHints(null, null, null, null, null, null);

    /** What a user agent is called that says no more than that it may be any browser made of Chromium. */
    private static final Set<Value> UNSPECIFIC =
            Set.of(new Value.Text("Chrome"), new Value.Text("Chrome Mobile"), UserAgentRules.OTHER);

    private static final Value CHROME = new Value.Text("Chrome");
    private static final String PRODUCT = "Chrome/";

    /** Reads the texts of the hints; of those with a fault nothing, and of several browsers in one list nothing at all. */
    static ClientHints read(HintTexts texts) {
        List<StructuredField.Brand> brands = StructuredField.brands(texts.brands());
        List<StructuredField.Brand> full = StructuredField.brands(texts.fullVersions());
        String platform = StructuredField.string(texts.platform());
        Value system = platform == null ? null : HintNames.system(platform);
        Boolean mobile = StructuredField.flag(texts.mobile());
        List<StructuredField.Brand> named = full == null ? brands == null ? List.of() : brands : full;
        HintNames.Family family = null;
        Value version = null;
        Value engine = null;
        for (StructuredField.Brand brand : named) {
            HintNames.Family known = HintNames.family(brand.name());
            if (known == null) {
                continue;
            }
            Value major = brand.version() == null ? null : Major.at(brand.version(), 0);
            if (brand.name().equals(HintNames.ENGINE)) {
                engine = major;
            }
            if (family != null && family.rank() == known.rank() && !family.equals(known)) {
                return NONE;
            }
            if (family == null || family.rank() < known.rank()) {
                family = known;
                version = major;
            }
        }
        return new ClientHints(
                family == null ? null : family.name(),
                family == null ? null : family.mobileName(),
                version,
                engine,
                system,
                mobile);
    }

    /**
     * What user agent and hints tell together. A robot is what its user agent says, and hints that contradict it are
     * taken for nothing.
     *
     * @param facts what the user agent tells, {@link UserAgentFacts#UNKNOWN} without one
     * @param userAgent empty without one
     */
    UserAgentFacts over(UserAgentFacts facts, String userAgent) {
        if (facts.device() == DeviceType.ROBOT || contradict(facts, userAgent)) {
            return facts;
        }
        Value os = system != null && facts.os().equals(UserAgentRules.OTHER) ? system : facts.os();
        DeviceType device = facts.device().hinted(mobile, os);
        Value family = device == DeviceType.MOBILE ? mobileName : name;
        // A user agent that names its browser does so in a product of its own, which is not frozen.
        if (family == null
                || !UNSPECIFIC.contains(facts.name())
                || (CHROME.equals(name) && !facts.name().equals(UserAgentRules.OTHER))) {
            return new UserAgentFacts(facts.name(), facts.version(), os, device);
        }
        return new UserAgentFacts(family, version, os, device);
    }

    private boolean contradict(UserAgentFacts facts, String userAgent) {
        if (userAgent.isEmpty()) {
            return false;
        }
        if (system != null && HintNames.isSystem(facts.os()) && !facts.os().equals(system)) {
            return true;
        }
        // Only browsers made of Chromium send hints, and a reduced user agent too has the engine's major version.
        int product = userAgent.indexOf(PRODUCT);
        return product < 0 || (engine != null && !engine.equals(Major.at(userAgent, product + PRODUCT.length())));
    }
}
