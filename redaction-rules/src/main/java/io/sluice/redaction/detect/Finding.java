package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a text that holds personal data: which detector says so, of what category, and where.
 *
 * <p>It holds no text, so it may be logged.
 *
 * @param detector the detector's name, such as {@code email}
 * @param start the first UTF-16 unit of the text as given, from 0
 * @param end the first unit behind it; of an encoded value these are the bounds of the encoded form
 */
public record Finding(String detector, DataCategory category, int start, int end) {
    /** How many UTF-16 units it covers, at least 1. */
    public int length() {
        return end - start;
    }

    /**
     * The same findings with bounds counted in Unicode code points, as the {@code detect} contract has them; a lone
     * surrogate counts as one.
     *
     * @param ordered findings over {@code text}, ordered and not overlapping
     */
    public static List<Finding> inCodePoints(List<Finding> ordered, String text) {
        List<Finding> result = new ArrayList<>(ordered.size());
        int units = 0;
        int points = 0;
        for (Finding finding : ordered) {
            int start = points + text.codePointCount(units, finding.start);
            int end = start + text.codePointCount(finding.start, finding.end);
            result.add(new Finding(finding.detector, finding.category, start, end));
            units = finding.end;
            points = end;
        }
        return result;
    }
}
