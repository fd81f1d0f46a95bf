package io.sluice.redaction;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.url.PathRule;
import io.sluice.redaction.url.UrlParts;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an event in its parts, with what its dataset says of the path.
 *
 * @param dataset whose paths these are
 * @param rule null if no template matches
 */
record SplitUrl(
        Dataset dataset, @Nullable Value path, @Nullable Value domain, @Nullable Value query, @Nullable PathRule rule) {

    private static final Value CLIENT = new Value.Text("client");

    static SplitUrl of(String url, Dataset dataset, RecentTexts<SplitUrl> recent) {
        SplitUrl known = recent.get(url);
        if (known == null || known.dataset != dataset) {
            UrlParts parts = UrlParts.of(url);
            known = new SplitUrl(
                    dataset,
                    value(parts.path()),
                    value(parts.host()),
                    value(parts.query()),
                    dataset.paths().match(parts.path()));
            recent.put(url, known);
        }
        return known;
    }

    private static @Nullable Value value(@Nullable String text) {
        return text == null || text.isEmpty() || text.equals("-") ? null : new Value.Text(text);
    }

    /** Sets the parts beside the URL. */
    void putInto(Event event) {
        if (path != null) {
            event.set(Fields.URL_PATH, path);
        }
        if (domain != null) {
            event.set(Fields.URL_DOMAIN, domain);
        }
        if (query != null) {
            event.set(Fields.URL_QUERY, query);
        }
        if (rule != null && rule.client()) {
            event.set(Fields.AUDIENCE, CLIENT);
        }
    }
}
