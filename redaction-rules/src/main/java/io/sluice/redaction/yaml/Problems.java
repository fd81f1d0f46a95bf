package io.sluice.redaction.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong in a set of files, in the order found. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(YamlValue at, String what) {
        found.add(new Problem(at.file(), at.line(), at.column(), what, null));
    }

    /** Adds one with a guess: the allowed word nearest to the one written. */
    public void addUnknown(YamlValue at, String what, String written, Collection<String> allowed) {
        found.add(new Problem(at.file(), at.line(), at.column(), what, nearest(written, allowed)));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    public boolean none() {
        return found.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** The allowed word nearest to {@code written} by edit distance, or null if none is near. */
    public static @Nullable String nearest(String written, Collection<String> allowed) {
        String best = null;
        int distance = Math.max(2, written.length() / 3) + 1;
        for (String word : allowed) {
            int d = distance(written, word);
            if (d < distance) {
                distance = d;
                best = word;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
