package io.sluice.infra.sample;

import org.jspecify.annotations.Nullable;

/**
 * Somebody or something that sends requests.
 *
 * @param address its address
 * @param agent its user agent
 * @param language as in {@code Accept-Language}
 * @param screen such as {@code 1920x1080}
 * @param device the id in its cookie
 * @param choice what it says of being counted
 * @param user who it is once logged in; null for the public
 */
record Visitor(
        String address,
        String agent,
        String language,
        String screen,
        String device,
        Choice choice,
        @Nullable User user) {

    /**
     * A user of the application.
     *
     * @param id user id
     * @param email login
     * @param practice account that the user belongs to
     */
    record User(String id, String email, String practice) {}

    /** What a visitor says of being counted. */
    enum Choice {
        NONE,
        /** The opt-out cookie of the site. */
        COOKIE,
        /** The flag of the event. */
        FLAG,
        /** {@code Sec-GPC: 1}. */
        GPC,
        /** {@code DNT: 1}. */
        DNT;

        static Choice next(Dice dice) {
            int number = dice.below(1000);
            if (number < 890) {
                return NONE;
            } else if (number < 915) {
                return COOKIE;
            } else if (number < 930) {
                return FLAG;
            } else {
                return number < 975 ? GPC : DNT;
            }
        }
    }
}
