package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the detectors report over one text, and resolves overlaps.
 *
 * <p>The order among overlapping findings does not depend on the order of detectors: secrets come first, so that none
 * is treated as a part of something else; then the longer one, then the one whose category stands first in {@link
 * DataCategory}, then the one that starts first, then the detector's name. A finding that comes later keeps what the earlier ones left uncovered, so that the union of all reported
 * places is covered and no character of any finding is left.
 *
 * <p>Not thread-safe: one per scan.
 */
public final class Findings {
    private static final Comparator<Finding> PRECEDENCE = Comparator.<Finding, Boolean>comparing(
                    finding -> !finding.category().isSecret())
            .thenComparing(Comparator.comparingInt(Finding::length).reversed())
            .thenComparing(Finding::category)
            .thenComparingInt(Finding::start)
            .thenComparing(Finding::detector);
    private static final int[] NOWHERE = {};
    private static final Comparator<Finding> PLACE = Comparator.comparingInt(Finding::start);

    private final int detectors;
    private int[] looked = NOWHERE;
    private final List<Finding> found = new ArrayList<>();
    private final List<int[]> tokens = new ArrayList<>();
    private int current;
    private @Nullable Detector asked;
    private long[] spent = new long[0];

    Findings(int detectors) {
        this.detectors = detectors;
    }

    /** Reports a finding of the asking detector's own category. */
    public void found(int start, int end) {
        found(Objects.requireNonNull(asked).category(), start, end);
    }

    /** Reports a finding of another category. */
    public void found(DataCategory as, int start, int end) {
        if (start < end) {
            found.add(new Finding(Objects.requireNonNull(asked).name(), as, start, end));
        }
    }

    /**
     * Up to where the asking detector has looked: what lies before was already seen, so it need not look back further
     * than this.
     */
    public int floor() {
        return looked == NOWHERE ? 0 : looked[current];
    }

    /** Says that the asking detector has seen everything before {@code until}; triggers before it are not reported. */
    public void looked(int until) {
        if (looked == NOWHERE) {
            looked = new int[detectors];
        }
        if (until > looked[current]) {
            looked[current] = until;
        }
    }

    /**
     * Counts work of the asking detector that does not follow from the places it has looked at.
     *
     * @return whether the detector's work over this text is still at most {@code most}
     */
    boolean spend(long work, long most) {
        if (spent.length == 0) {
            spent = new long[detectors];
        }
        spent[current] += work;
        return spent[current] <= most;
    }

    /** Marks one of our own keyed tokens: a finding that lies wholly inside it is none. */
    void token(int start, int end) {
        tokens.add(new int[] {start, end});
    }

    void add(Finding finding) {
        found.add(finding);
    }

    boolean asks(int detector, int at) {
        return looked == NOWHERE || at >= looked[detector];
    }

    void asking(int index, Detector detector) {
        current = index;
        asked = detector;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The findings in the order of their places, not overlapping. */
    List<Finding> resolved() {
        if (!tokens.isEmpty()) {
            dropTokens();
        }
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.size() > 1) {
            found.sort(PLACE);
            dropRepeated();
        }
        boolean overlapping = false;
        for (int i = 1; i < found.size() && !overlapping; i++) {
            overlapping = found.get(i).start() < found.get(i - 1).end();
        }
        return overlapping ? resolve() : List.copyOf(found);
    }

    /** What is found in a text and again in what it decodes to: most of what overlaps is the same. */
    private void dropRepeated() {
        int kept = 0;
        for (Finding finding : found) {
            int i = kept;
            while (i > 0
                    && found.get(i - 1).start() == finding.start()
                    && !found.get(i - 1).equals(finding)) {
                i--;
            }
            if (i == 0 || found.get(i - 1).start() != finding.start()) {
                found.set(kept++, finding);
            }
        }
        found.subList(kept, found.size()).clear();
    }

    private void dropTokens() {
        TreeMap<Integer, Integer> ends = new TreeMap<>();
        tokens.forEach(token -> ends.put(token[0], token[1]));
        found.removeIf(finding -> {
            Map.Entry<Integer, Integer> token = ends.floorEntry(finding.start());
            return token != null && finding.end() <= token.getValue();
        });
    }

    private List<Finding> resolve() {
        found.sort(PRECEDENCE);
        TreeMap<Integer, Finding> taken = new TreeMap<>();
        for (Finding finding : found) {
            int from = finding.start();
            Map.Entry<Integer, Finding> before = taken.floorEntry(from);
            if (before != null) {
                from = Math.max(from, before.getValue().end());
            }
            while (from < finding.end()) {
                Map.Entry<Integer, Finding> next = taken.ceilingEntry(from);
                int until = next == null ? finding.end() : Math.min(finding.end(), next.getKey());
                if (from < until) {
                    taken.put(from, new Finding(finding.detector(), finding.category(), from, until));
                }
                from = next == null
                        ? finding.end()
                        : Math.max(until, next.getValue().end());
            }
        }
        return List.copyOf(taken.values());
    }
}
