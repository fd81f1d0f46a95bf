package io.sluice.ingest.enrich;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code user-agents.yaml}: how a browser, another program or a system is told by words. Upper and lower
 * case are the same; a word counts where it stands alone, see {@link WordScan}.
 *
 * @param name the family, as uap-core spells it
 * @param because what it is, a sentence
 * @param signs one of these must stand in the user agent; one that does not end in a letter or digit has a version behind it
 * @param versionOf the sign of the product whose version counts, or null for that of the sign that was found, if any
 * @param with words that must stand there too, all of them
 * @param without words that must not
 * @param found user agents that this rule is the first to take, the major version between <code>{{</code> and
 *     <code>}}</code>
 * @param left user agents that it does not take
 */
record AgentRule(
        String name,
        String because,
        List<String> signs,
        @Nullable String versionOf,
        List<String> with,
        List<String> without,
        List<String> found,
        List<String> left) {}
