package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;

/**
 * Describes {@code user_agent.original}. One task's own: it keeps the descriptions that it gave last, and takes only so
 * many new user agents apart in a second; beyond it they get a coarse description, which is not kept. So a flood of
 * random user agents costs a microsecond each instead of half a millisecond.
 */
final class UserAgents {
    private final UserAgentRules rules;
    private final BoundedCache<String, UserAgentFacts> cache;
    private final MissBudget misses;

    UserAgents(UserAgentRules rules, int cachedUserAgents, MissBudget misses) {
        this.rules = rules;
        this.cache = new BoundedCache<>(cachedUserAgents);
        this.misses = misses;
    }

    void enrich(Event event) {
        String userAgent = event.text(Fields.USER_AGENT);
        if (userAgent != null) {
            facts(userAgent).putInto(event);
        }
    }

    UserAgentFacts facts(String userAgent) {
        UserAgentFacts known = cache.get(userAgent);
        if (known != null) {
            return known;
        }
        if (!misses.take()) {
            return rules.readCoarsely(userAgent);
        }
        UserAgentFacts read = rules.read(userAgent);
        cache.put(userAgent, read);
        return read;
    }
}
