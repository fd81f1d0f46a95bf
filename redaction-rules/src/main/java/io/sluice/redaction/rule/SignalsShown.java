package io.sluice.redaction.rule;

import java.util.Arrays;
import java.util.Optional;

/** Whether a dataset's access logs show what browsers signal of their people's choices: Sec-GPC, DNT. */
public enum SignalsShown {
    /** Its formats log the headers; a line in a format that does not makes no visitor. */
    VISIBLE("visible"),
    /** They do not, and no visitor is made of an address: its lines are counted only. */
    NOT_VISIBLE("not-visible"),
    /** They do not, and the policy says why a visitor of the day is made all the same. */
    NOT_COLLECTED("not-collected");

    private final String label;

    SignalsShown(String label) {
        this.label = label;
    }

    /** As a policy writes it. */
    public String label() {
        return label;
    }

    /** The one with this label. */
    public static Optional<SignalsShown> of(String label) {
        return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
    }
}
