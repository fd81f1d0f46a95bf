package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.Instant;
import java.util.List;

/** The pieces that questions to Elasticsearch are made of; none needs more than the free, lean server has. */
final class Queries {
    static final FieldPath VISITOR = FieldPath.of("visitor.id");
    static final FieldPath POLICY = FieldPath.of("policy.version");
    static final FieldPath RECEIVED = FieldPath.of("event.ingested");

    /** Counts up to this are practically exact; beyond it they are within a few per cent. */
    private static final int EXACT = 3000;

    /** The same for the one count of the whole; the highest that Elasticsearch takes. */
    private static final int EXACT_TOTAL = 40_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Queries() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ObjectNode wrap(String name, JsonNode value) {
        return JSON.objectNode().set(name, value);
    }

    static ObjectNode is(FieldPath field, String value) {
        return wrap("term", object().put(field.name(), value));
    }

    static ObjectNode isTrue(FieldPath field) {
        return wrap("term", object().put(field.name(), true));
    }

    static ObjectNode exists(FieldPath field) {
        return wrap("exists", object().put("field", field.name()));
    }

    static ObjectNode all(ObjectNode... clauses) {
        return all(List.of(clauses));
    }

    static ObjectNode all(List<ObjectNode> clauses) {
        return wrap("bool", wrap("filter", array(clauses)));
    }

    static ObjectNode any(ObjectNode... clauses) {
        ObjectNode bool = wrap("should", array(List.of(clauses)));
        return wrap("bool", bool.put("minimum_should_match", 1));
    }

    static ObjectNode none(List<ObjectNode> clauses) {
        return wrap("bool", wrap("must_not", array(clauses)));
    }

    /** Within [from, to) by one field. */
    static ObjectNode between(FieldPath field, Instant from, Instant to) {
        ObjectNode range = object().put("gte", from.toEpochMilli())
                .put("lt", to.toEpochMilli())
                .put("format", "epoch_millis");
        return wrap("range", wrap(field.name(), range));
    }

    /** Whether the sender's time is too far off, so that the receive time counts. */
    static ObjectNode late() {
        return is(Fields.EVENT_TIMELINESS, "outside-window");
    }

    static ObjectNode onTime() {
        return none(List.of(late()));
    }

    /** Within [from, to) by the time at which figures count an event. */
    static ObjectNode happened(Instant from, Instant to) {
        return any(all(onTime(), between(Fields.TIMESTAMP, from, to)), all(late(), between(RECEIVED, from, to)));
    }

    /** The number of distinct visitors. */
    static ObjectNode visitors() {
        return visitors(EXACT);
    }

    static ObjectNode allVisitors() {
        return visitors(EXACT_TOTAL);
    }

    private static ObjectNode visitors(int exact) {
        return wrap("cardinality", object().put("field", VISITOR.name()).put("precision_threshold", exact));
    }

    /** One bucket for each value, and one for none if {@code missing}; with the aggregations below it. */
    static ObjectNode terms(FieldPath field, int size, boolean missing, ObjectNode below) {
        ObjectNode terms = object().put("field", field.name()).put("size", size);
        if (missing) {
            terms.put("missing", Group.UNKNOWN);
        }
        return wrap("terms", terms).set("aggs", below);
    }

    static ObjectNode filtered(ObjectNode filter, ObjectNode below) {
        return wrap("filter", filter).set("aggs", below);
    }

    static ObjectNode array(String name, List<ObjectNode> values) {
        return wrap(name, array(values));
    }

    private static ArrayNode array(List<ObjectNode> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
