package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;

/**
 * Describes {@code user_agent.original}. One task's own: it keeps the descriptions that it gave last, and takes only so
 * many new user agents apart in a second; beyond it they get a coarse description, which is not kept. So a flood of
 * random user agents costs a microsecond each instead of half a millisecond.
 */
final class UserAgents {
    private final UserAgentRules rules;
    private final RecentTexts<Known> recent = new RecentTexts<>();
    private final BoundedCache<String, Known> cache;
    private final MissBudget misses;

    UserAgents(UserAgentRules rules, int cachedUserAgents, MissBudget misses) {
        this.rules = rules;
        this.cache = new BoundedCache<>(cachedUserAgents);
        this.misses = misses;
    }

    /** @param text the user agent as it was read first: those that come behind compare it at a glance */
    private record Known(Value text, UserAgentFacts facts) {}

    void enrich(Event event) {
        Value text = event.get(Fields.USER_AGENT);
        if (text instanceof Value.Text userAgent) {
            Known known = known(userAgent);
            event.set(Fields.USER_AGENT, known.text());
            known.facts().putInto(event);
        }
    }

    UserAgentFacts facts(String userAgent) {
        return known(new Value.Text(userAgent)).facts();
    }

    private Known known(Value.Text userAgent) {
        Known known = recent.get(userAgent.text());
        if (known == null) {
            known = cache.get(userAgent.text());
            if (known != null) {
                recent.put(userAgent.text(), known);
            }
        }
        return known == null ? read(userAgent) : known;
    }

    private Known read(Value.Text userAgent) {
        if (!misses.take()) {
            return new Known(userAgent, rules.readCoarsely(userAgent.text()));
        }
        Known read = new Known(userAgent, rules.read(userAgent.text()));
        cache.put(userAgent.text(), read);
        return read;
    }
}
