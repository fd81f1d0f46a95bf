package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.yaml.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value and what a rule makes of it.
 *
 * @param value the value of the field
 * @param named the field, of a rule that is for many; null: the rule's
 * @param dataset the label of its source
 * @param with other fields of the event
 * @param expected what leaves, by route; a route that is not named gets nothing, and an asterisk at the end stands for
 *     anything
 * @param place where it is written
 */
public record RuleExample(
        Value value,
        @Nullable FieldPath named,
        String dataset,
        Map<String, String> with,
        Map<String, String> expected,
        Place place) {
    /** The field whose value it is. */
    public FieldPath field(FieldRule rule) {
        return named == null ? rule.field() : named;
    }
}
