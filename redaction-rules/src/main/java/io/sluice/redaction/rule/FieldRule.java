package io.sluice.redaction.rule;

import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.yaml.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one field.
 *
 * @param field its path; {@code props.*} stands for all below {@code props}, {@code props.*.price} for one name
 *     between
 * @param clause the clause of the notice that it keeps
 * @param because why it is so
 * @param owner who answers for it
 * @param category what personal data it holds, if any; secrets and client information are cut out before sealing
 * @param routes the treatment on each route; on a route that is not named it is dropped
 * @param examples its proof
 * @param place where it is written
 */
public record FieldRule(
        FieldPath field,
        String clause,
        String because,
        String owner,
        @Nullable DataCategory category,
        Map<String, Transform> routes,
        List<RuleExample> examples,
        Place place) {
    /** The same with other treatments. */
    public FieldRule withRoutes(Map<String, Transform> treatments) {
        return new FieldRule(field, clause, because, owner, category, treatments, examples, place);
    }
}
