package io.sluice.redaction.rule;

import io.sluice.redaction.event.Value;
import java.util.Map;

/**
 * One value and what a rule makes of it.
 *
 * @param value the value of the rule's field
 * @param dataset the label of its source
 * @param with other fields of the event
 * @param expected what leaves, by route; a route that is not named gets nothing, and an asterisk at the end stands for
 *     anything
 * @param place file and line
 */
public record RuleExample(
        Value value, String dataset, Map<String, String> with, Map<String, String> expected, String place) {}
