package io.sluice.redaction.url;

import io.sluice.redaction.detect.DataCategory;
import java.util.Map;
import java.util.Optional;

/**
 * One declared path.
 *
 * @param template its form, such as {@code /clients/:client/invoices/:invoice}
 * @param parameters what its {@code :names} hold, where that is a category to be cut out before sealing
 * @param query the query parameters that may leave, and how
 * @param client whether it is made for a practice's clients
 * @param page whether it is a page, as opposed to an asset or an interface
 */
public record PathRule(
        String template,
        Map<String, DataCategory> parameters,
        Map<String, ParameterRule> query,
        boolean client,
        boolean page) {
    /** What a path without template becomes. */
    public static final String OTHER = "(other)";

    /** The category of the segment at a place of the template, from 0. */
    public Optional<DataCategory> categoryAt(int segment) {
        var segments = PathTemplates.segments(template);
        if (segment >= segments.size() || !segments.get(segment).startsWith(":")) {
            return Optional.empty();
        }
        return Optional.ofNullable(parameters.get(segments.get(segment).substring(1)));
    }
}
