package io.sluice.redaction.detect;

import io.sluice.redaction.encoding.Base64Runs;
import io.sluice.redaction.encoding.Decoded;
import io.sluice.redaction.encoding.Escapes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans text with a set of detectors, compiled once.
 *
 * <p>One pass over the text decides which detectors look and where; a text without any trigger costs that pass and
 * allocates nothing. Values are decoded before detection (percent, HTML entities, backslash escapes, look-alike
 * characters, base64 and base64url), nested to {@value #DEPTH} levels, and findings are mapped back to the encoded
 * form.
 *
 * <p>Guarantees: never throws, whatever the text; work proportional to its length; findings do not depend on the order
 * of the detectors; {@link #replace(String)} applied twice changes nothing the second time; what cannot be looked into
 * for its depth or size is a finding itself. Does not guarantee to find what none of its detectors describes.
 *
 * <p>Immutable and thread-safe.
 */
public final class TextScanner {
    /** How many encodings may lie round one another. */
    public static final int DEPTH = 3;

    /** The detector's name in findings of what is encoded too deeply or too large to look into. */
    public static final String OVER_BUDGET = "encoded-over-budget";

    /** How rare a part of a shape must be to stand for it in the automaton: once in so many bits' places. */
    private static final int RAREST = 14;

    private static final int MOST_BYTES = 12 << 20;
    private static final int ROUNDS = 8;
    private static final int FREE_BUDGET = 64 * 1024;

    private final List<Detector> detectors;
    private final Detector[] asked;
    private final TriggerAutomaton automaton;
    /** By detector, null for those that are asked wherever the automaton has found their trigger. */
    private final @Nullable Guard[] guards;

    private final int escapes;
    private final int ownTokens;

    private TextScanner(List<Detector> detectors) {
        this.detectors = List.copyOf(detectors);
        this.asked = detectors.toArray(Detector[]::new);
        this.escapes = asked.length;
        this.ownTokens = escapes + 1;
        List<TriggerAutomaton.Trigger> triggers = new ArrayList<>();
        for (int d = 0; d < detectors.size(); d++) {
            add(triggers, detectors.get(d), d);
        }
        add(triggers, Triggers.shapes("%**", "\\x**", "\\u****"), escapes);
        add(triggers, Triggers.exact(Escapes.MARKS.toArray(String[]::new)), escapes);
        add(triggers, Triggers.exact("tok_"), ownTokens);
        this.guards = new Guard[detectors.size()];
        this.automaton = compile(triggers);
    }

    /**
     * Shortens what is no literal until the automaton fits: a shorter trigger fires more often, and misses nothing. The
     * guards look for the rest.
     */
    private TriggerAutomaton compile(List<TriggerAutomaton.Trigger> triggers) {
        for (int bits = RAREST; bits > 0; bits -= 2) {
            List<TriggerAutomaton.Trigger> shortened = new ArrayList<>();
            for (TriggerAutomaton.Trigger trigger : triggers) {
                shortened.add(trigger.shortened(bits));
            }
            TriggerAutomaton built = TriggerAutomaton.of(shortened);
            if (built != null && built.bytes() <= MOST_BYTES) {
                BitSet parts = new BitSet();
                for (int t = 0; t < triggers.size(); t++) {
                    if (shortened.get(t) != triggers.get(t)) {
                        parts.set(triggers.get(t).owner());
                    }
                }
                for (int d = 0; d < guards.length; d++) {
                    guards[d] = Guard.of(detectors.get(d), parts.get(d));
                }
                return built;
            }
        }
        throw new IllegalArgumentException("The triggers of these detectors need more than "
                + TriggerAutomaton.MOST_STATES + " states; leave out some of the detectors.");
    }

    /** Compiles a scanner; {@link Detectors} has the detectors that are shipped. */
    public static TextScanner of(List<Detector> detectors) {
        return new TextScanner(detectors);
    }

    /** The detectors it was compiled from. */
    public List<Detector> detectors() {
        return detectors;
    }

    /** How many bytes the table of its automaton takes. */
    public long tableBytes() {
        return automaton.bytes();
    }

    /** The findings in {@code text}, in the order of their places, not overlapping; a shared empty list if none. */
    public List<Finding> scan(String text) {
        return scan(text, 0, null);
    }

    /** Whether there is any finding in {@code text}. */
    public boolean hasFinding(String text) {
        return !scan(text).isEmpty();
    }

    /**
     * The text with each finding replaced by its category's placeholder, such as {@code <email>}; the same instance if
     * there is none. Scans again what came out until nothing is found, because what stands beside a finding may look
     * different once it is gone.
     */
    public String replace(String text) {
        String clean = text;
        for (int round = 0; round < ROUNDS; round++) {
            List<Finding> findings = scan(clean);
            if (findings.isEmpty()) {
                return clean;
            }
            clean = replace(clean, findings);
        }
        return DataCategory.CLIENT_INFORMATION.placeholder();
    }

    /** The text with these findings (ordered, not overlapping) replaced by their placeholders. */
    public static String replace(String text, List<Finding> findings) {
        StringBuilder clean = new StringBuilder(text.length());
        int from = 0;
        for (Finding finding : findings) {
            clean.append(text, from, finding.start());
            clean.append(finding.category().placeholder());
            from = finding.end();
        }
        return clean.append(text, from, text.length()).toString();
    }

    private List<Finding> scan(String text, int depth, @Nullable Budget given) {
        Pass pass = null;
        boolean escaped = false;
        TriggerAutomaton table = automaton;
        int state = table.start();
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            state = table.next(state, c);
            if (table.accepts(state)) {
                if (pass == null) {
                    pass = new Pass(text);
                }
                escaped |= pass.look(table.outputs(state), i);
            } else if (c >= 128 && !escaped) {
                escaped = Escapes.isLookalike(c);
            }
        }
        int run = Base64Runs.next(text, 0);
        if (!escaped && run < 0) {
            return pass == null ? List.of() : pass.into.resolved();
        }
        Budget budget = given == null ? new Budget(4L * length + FREE_BUDGET) : given;
        Findings into = pass == null ? new Findings(asked.length) : pass.into;
        if (escaped) {
            scanDecoded(Escapes.decode(text), text, depth, budget, into);
        }
        if (run >= 0) {
            Base64Runs.each(text, run, decoded -> scanDecoded(decoded, text, depth, budget, into));
        }
        return into.resolved();
    }

    private void scanDecoded(@Nullable Decoded decoded, String text, int depth, Budget budget, Findings into) {
        if (decoded == null) {
            return;
        }
        if (depth == DEPTH || !budget.take(decoded.text().length())) {
            decoded.encodedTokens(
                    text,
                    (start, end) -> into.add(new Finding(OVER_BUDGET, DataCategory.CLIENT_INFORMATION, start, end)));
            return;
        }
        // Also those of which nothing is encoded: in %20192.0.2.7 the encoded neighbour hides where the address begins.
        for (Finding finding : scan(decoded.text(), depth + 1, budget)) {
            into.add(new Finding(
                    finding.detector(),
                    finding.category(),
                    decoded.sourceStart(finding.start()),
                    decoded.sourceEnd(finding.end())));
        }
    }

    /** With the border that a match begins at, a trigger is rarer, and only one of all places in a run is one. */
    private static void add(List<TriggerAutomaton.Trigger> to, Detector detector, int owner) {
        if (detector instanceof PatternDetector pattern
                && pattern.patternTriggers().followsNoWord()) {
            for (CharSet[] sequence : pattern.patternTriggers().sequences()) {
                CharSet[] behind = new CharSet[sequence.length + 1];
                behind[0] = PatternTriggers.NO_WORD;
                System.arraycopy(sequence, 0, behind, 1, sequence.length);
                to.add(new TriggerAutomaton.Trigger(behind, 1, owner));
            }
        } else {
            add(to, detector.triggers(), owner);
        }
    }

    private static void add(List<TriggerAutomaton.Trigger> to, Triggers triggers, int owner) {
        triggers.sequences().forEach(sequence -> to.add(new TriggerAutomaton.Trigger(sequence, owner)));
    }

    /** How many decoded characters one text may still cost. */
    private static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }

        boolean take(int length) {
            left -= length;
            return left >= 0;
        }
    }

    /** One text being looked at; made at its first trigger. */
    private final class Pass {
        private final Text text;
        private final Findings into = new Findings(asked.length);

        Pass(String text) {
            this.text = new Text(text);
        }

        /** Asks the owners of the triggers that end at {@code last}; true if an escape is among them. */
        boolean look(int[] outputs, int last) {
            boolean escaped = false;
            for (int o = 0; o < outputs.length; o += 2) {
                int owner = outputs[o];
                int at = last - outputs[o + 1] + 1;
                if (owner < escapes) {
                    Guard guard = guards[owner];
                    if (at >= 0 && into.asks(owner, at) && (guard == null || guard.allows(text, at))) {
                        Detector detector = asked[owner];
                        into.asking(owner, detector);
                        detector.verify(text, at, into);
                    }
                } else if (owner == escapes) {
                    escaped = true;
                } else {
                    OwnTokens.mark(text, at, into);
                }
            }
            return escaped;
        }
    }
}
