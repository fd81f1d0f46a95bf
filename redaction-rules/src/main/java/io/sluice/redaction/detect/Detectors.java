package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table of all detectors that are shipped. */
public final class Detectors {
    /** The regions of the shipped policy. */
    public static final List<String> DEFAULT_REGIONS = List.of("CA", "US");

    private Detectors() {}

    /** All shipped detectors, for Canada and the United States. */
    public static List<Detector> shipped() {
        return shipped(DEFAULT_REGIONS);
    }

    /**
     * All shipped detectors.
     *
     * @param regions the ISO 3166 codes of the regions whose national phone numbers are to be found
     */
    public static List<Detector> shipped(Collection<String> regions) {
        List<Detector> all = new ArrayList<>();
        all.add(new EmailDetector());
        all.add(new Ipv4Detector());
        return List.copyOf(all);
    }
}
