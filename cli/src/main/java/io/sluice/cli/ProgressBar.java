package io.sluice.cli;

import java.time.Clock;
import java.util.Locale;

/** A line on a terminal's standard error that shows how far long work has come; nothing elsewhere. Not thread-safe. */
final class ProgressBar {
    private static final long FIRST_MILLIS = 1_000;
    private static final long EVERY_MILLIS = 200;
    private static final int CELLS = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final Surroundings here;
    private final Clock clock;
    private final boolean shown;
    private final long begun;
    private long next;
    private boolean drawn;

    ProgressBar(Surroundings here) {
        this.here = here;
        this.clock = here.clock();
        // Results on the same terminal are progress enough, and would be torn apart.
        this.shown = here.errIsTerminal() && !here.outIsTerminal();
        this.begun = shown ? clock.millis() : 0;
        this.next = begun + FIRST_MILLIS;
    }

    /** This much is done; {@code size} is -1 if the end is not known. */
    void at(String name, long done, long size) {
        if (!shown) {
            return;
        }
        long now = clock.millis();
        if (now < next) {
            return;
        }
        next = now + EVERY_MILLIS;
        drawn = true;
        double megabytes = done / 1e6;
        double rate = megabytes * 1000 / Math.max(1, now - begun);
        here.err().print(CLEAR + line(name, done, size, megabytes, rate));
        here.err().flush();
    }

    private static String line(String name, long done, long size, double megabytes, double rate) {
        String speed = String.format(Locale.ROOT, "%.0f MB, %.1f MB/s", megabytes, rate);
        if (size <= 0) {
            return printable(name) + "  " + speed;
        }
        int cells = (int) Math.min(CELLS, done * CELLS / size);
        return printable(name) + "  [" + "#".repeat(cells) + ".".repeat(CELLS - cells) + "] "
                + Math.min(100, done * 100 / size) + " %  " + speed;
    }

    private static String printable(String name) {
        StringBuilder clean = new StringBuilder();
        name.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Takes the line away, so that something else can be printed. */
    void end() {
        if (drawn) {
            here.err().print(CLEAR);
            here.err().flush();
            drawn = false;
        }
    }
}
