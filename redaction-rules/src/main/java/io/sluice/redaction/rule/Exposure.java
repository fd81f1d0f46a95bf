package io.sluice.redaction.rule;

/**
 * One thing that another policy would let out and the policy before it does not; names places in policies, no value of a
 * record.
 *
 * @param what a field, a path template, a query parameter or another part of a policy, such as {@code props.note}
 * @param where on which route and in which form, or in which dataset
 * @param before what becomes of it now
 * @param after what would become of it
 */
public record Exposure(String what, String where, String before, String after) {
    @Override
    public String toString() {
        return what + (where.isEmpty() ? "" : " (" + where + ")") + ": " + before + " -> " + after;
    }
}
