package io.sluice.infra.up;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the person at the terminal sees: steps, then figures, on a terminal redrawn in place. Thread-safe. */
final class Screen {
    private static final String UP = "\u001b[%dA\u001b[J";

    private final PrintStream out;
    private final boolean terminal;
    private int drawn;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    boolean isTerminal() {
        return terminal;
    }

    /** A line that stays. */
    synchronized void say(String line) {
        wipe();
        out.println(line);
        out.flush();
    }

    /** The figures: a table in place of the last one, or one plain line. */
    synchronized void draw(Figures figures) {
        if (terminal) {
            wipe();
            String table = table(figures);
            out.print(table);
            drawn = (int) table.lines().count();
        } else {
            out.println(line(figures));
        }
        out.flush();
    }

    private void wipe() {
        if (drawn > 0) {
            out.printf(Locale.ROOT, UP, drawn);
            drawn = 0;
        }
    }

    static String table(Figures figures) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n  %-12s %12s %12s %12s %12s %12s%n",
                "route",
                "in",
                "released",
                "suppressed",
                "quarantined",
                "duplicate"));
        new TreeMap<>(figures.routes())
                .forEach((route, counts) -> table.append(String.format(
                        Locale.ROOT,
                        "  %-12s %,12d %,12d %,12d %,12d %,12d%n",
                        route,
                        counts.in(),
                        counts.released(),
                        counts.suppressed(),
                        counts.quarantined(),
                        counts.duplicate())));
        return table.append(String.format(Locale.ROOT, "  waiting in the raw topics: %s%n", lag(figures)))
                .append(figures.passedOver() == 0 ? "" : "  " + passedOver(figures) + "\n")
                .toString();
    }

    static String line(Figures figures) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Figures.Counts> route : new TreeMap<>(figures.routes()).entrySet()) {
            Figures.Counts counts = route.getValue();
            line.append(String.format(
                    Locale.ROOT,
                    "%s: in %d, released %d, suppressed %d, quarantined %d, duplicate %d; ",
                    route.getKey(),
                    counts.in(),
                    counts.released(),
                    counts.suppressed(),
                    counts.quarantined(),
                    counts.duplicate()));
        }
        return line.append("waiting ")
                .append(lag(figures))
                .append(figures.passedOver() == 0 ? "" : "; " + passedOver(figures))
                .toString();
    }

    private static String passedOver(Figures figures) {
        return "not counted: " + figures.passedOver() + " entries of the balance that another release wrote";
    }

    private static String lag(Figures figures) {
        return figures.lag().isPresent()
                ? String.format(Locale.ROOT, "%,d", figures.lag().getAsLong())
                : "not known just now";
    }
}
