package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * Describes {@code user_agent.original}, with the Client Hints beside it. One task's own: it keeps the descriptions that
 * it gave last, and takes only so many new user agents apart in a second; beyond it they get a coarse description, which
 * is not kept. So a flood of random user agents costs a microsecond each instead of half a millisecond.
 */
final class UserAgents {
    private final UserAgentRules rules;
    private final RecentTexts<Known> recent = new RecentTexts<>();
    private final BoundedCache<String, Known> cache;
    private final MissBudget misses;
    private final HintReading hints;

    UserAgents(UserAgentRules rules, int cachedUserAgents, MissBudget misses, HintReading hints) {
        this.rules = rules;
        this.hints = hints;
        this.cache = new BoundedCache<>(cachedUserAgents);
        this.misses = misses;
    }

    /** @param text the user agent as it was read first: those that come behind compare it at a glance */
    private record Known(Value text, UserAgentFacts facts) {}

    void enrich(Event event) {
        Value text = event.get(Fields.USER_AGENT);
        if (HintTexts.areIn(event)) {
            enrichHinted(event, text);
        } else if (text instanceof Value.Text userAgent) {
            Known known = known(userAgent);
            event.set(Fields.USER_AGENT, known.text());
            known.facts().putInto(event);
        }
    }

    private void enrichHinted(Event event, @Nullable Value text) {
        ClientHints hinted = hints.of(event);
        if (text instanceof Value.Text userAgent) {
            Known known = known(userAgent);
            event.set(Fields.USER_AGENT, known.text());
            hinted.over(known.facts(), userAgent.text()).putInto(event);
        } else if (text == null && !hinted.equals(ClientHints.NONE)) {
            hinted.over(UserAgentFacts.UNKNOWN, "").putInto(event);
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
