package io.sluice.redaction.proof;

import java.util.List;

/**
 * What came out of one law.
 *
 * @param law what must hold, a sentence without its full stop
 * @param checked how often it was tried
 * @param broken where it does not hold: names and places, no text
 */
public record LawResult(String law, int checked, List<String> broken) {
    public LawResult {
        broken = List.copyOf(broken);
    }

    public boolean holds() {
        return broken.isEmpty();
    }
}
