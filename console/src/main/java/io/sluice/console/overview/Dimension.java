package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.event.FieldPath;
import java.util.List;
import java.util.function.Function;

/**
 * One way of putting a set of page views into groups, with what is still to be asked before they may be shown.
 *
 * @param name of the further question, unlike that of any other dimension
 * @param scope which page views, narrower than the overview's own
 * @param plan the groups that are large enough by themselves
 * @param member whether a page view is in a group
 */
record Dimension(String name, ObjectNode scope, SmallGroups.Plan plan, Function<Group, ObjectNode> member) {
    /** Membership by the value of a field. */
    static Function<Group, ObjectNode> by(FieldPath field) {
        return group -> group.name().equals(Group.UNKNOWN)
                ? Queries.none(List.of(Queries.exists(field)))
                : Queries.is(field, group.name());
    }

    /** Adds the questions for the visitors outside the groups shown. */
    void ask(ObjectNode aggregations) {
        if (plan.hasRest()) {
            aggregations.set(name + " outside shown", outside(plan.shown()));
            aggregations.set(name + " outside fewer", outside(plan.fewer()));
        }
    }

    private ObjectNode outside(List<Group> groups) {
        ObjectNode filter =
                Queries.all(scope, Queries.none(groups.stream().map(member).toList()));
        return Queries.filtered(filter, Queries.wrap("visitors", Queries.visitors()));
    }

    /** The groups as they may be shown, given the answers. */
    SmallGroups.Folded settle(JsonNode aggregations) {
        return plan.settle(
                aggregations
                        .path(name + " outside shown")
                        .path("visitors")
                        .path("value")
                        .asLong(),
                aggregations
                        .path(name + " outside fewer")
                        .path("visitors")
                        .path("value")
                        .asLong());
    }
}
