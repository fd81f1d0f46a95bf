package io.sluice.infra.up;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What came of the records since {@code up} began.
 *
 * @param routes counts by route
 * @param lag records that wait in the raw topics; empty while it is not known
 * @param passedOver entries of the balance, of these and of shortly before, that another release wrote in a schema which
 *     this one cannot read; what they account for is not in the counts, and may be in the lag
 */
record Figures(Map<String, Counts> routes, OptionalLong lag, long passedOver) {
    /**
     * One route.
     *
     * @param in records and events that came in
     * @param released of them
     * @param suppressed of them
     * @param quarantined of them
     * @param duplicate of them
     */
    record Counts(long in, long released, long suppressed, long quarantined, long duplicate) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts more) {
            return new Counts(
                    in + more.in,
                    released + more.released,
                    suppressed + more.suppressed,
                    quarantined + more.quarantined,
                    duplicate + more.duplicate);
        }
    }
}
