package io.sluice.redaction.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A detector that is written as a pattern in a file: pattern, validator, context words, exclusions.
 *
 * <p>Guarantees: linear time. RE2/J runs the pattern only where a sequence stands that every match contains, and only
 * over as much text as a match may take; where the work would still grow beyond {@value #WORK} times the text, the
 * rest of the text is one finding. Stateless and thread-safe.
 */
public final class PatternDetector implements Detector {
    private static final int WORK = 16;
    private static final int FREE_WORK = 4096;
    private static final int WINDOW = 128;
    private static final int LONG_WINDOW = 2048;

    private final PatternDefinition definition;
    private final Pattern pattern;
    private final PatternTriggers triggers;
    private final int lookback;
    private final List<Pattern> exclusions;
    private final @Nullable Words context;

    PatternDetector(PatternDefinition definition) {
        this.definition = definition;
        this.pattern = Pattern.compile(definition.pattern());
        this.triggers = PatternTriggers.of(definition.pattern());
        this.lookback = triggers.before() + triggers.slack();
        this.exclusions = definition.exclude().stream().map(Pattern::compile).toList();
        this.context = definition.words().isEmpty()
                ? null
                : Words.of(definition.words().toArray(String[]::new));
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public DataCategory category() {
        return definition.category();
    }

    /** What the file says. */
    public PatternDefinition definition() {
        return definition;
    }

    /** Where its matches may stand. */
    PatternTriggers patternTriggers() {
        return triggers;
    }

    @Override
    public Triggers triggers() {
        return Triggers.sequences(triggers.sequences());
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (triggers.longest() <= WINDOW && triggers.before() <= WINDOW) {
            near(text, at, into);
        } else {
            everywhere(text, into);
        }
    }

    /** Matches of bounded length that begin near the trigger. */
    private void near(Text text, int at, Findings into) {
        if (!mayHaveContext(text, at)) {
            return;
        }
        int next = Math.max(into.floor(), pointStart(text, at - lookback));
        while (next <= at) {
            int until = Math.min(text.length(), at + triggers.longest());
            Window window = new Window(text, next, until);
            if (isOver(text, next, until - next, into) || !window.find() || window.start() > at) {
                return;
            }
            report(text, window, into);
            next = Math.max(window.end(), window.start() + 1);
            into.looked(next);
        }
    }

    /** The engine would take the second unit of a pair for a character. */
    private static int pointStart(Text text, int i) {
        return Character.isLowSurrogate(text.at(i)) && Character.isHighSurrogate(text.at(i - 1)) ? i - 1 : i;
    }

    /** All matches from here on: first in a window, and in the whole rest if that does not tell. */
    private void everywhere(Text text, Findings into) {
        int next = into.floor();
        while (next < text.length()) {
            int until = Math.min(text.length(), next + LONG_WINDOW);
            Window window = new Window(text, next, until);
            if (isOver(text, next, until - next, into)) {
                return;
            }
            boolean found = window.find();
            if (until < text.length() && (!found || window.end() >= until)) {
                window = new Window(text, next, text.length());
                if (isOver(text, next, text.length() - next, into)) {
                    return;
                }
                found = window.find();
            }
            if (!found) {
                break;
            }
            report(text, window, into);
            next = Math.max(window.end(), window.start() + 1);
        }
        into.looked(text.length());
    }

    private static boolean isOver(Text text, int from, int work, Findings into) {
        if (into.spend(work, (long) WORK * text.length() + FREE_WORK)) {
            return false;
        }
        into.looked(text.length());
        into.found(from, text.length());
        return true;
    }

    /** A part of the text in which the pattern runs, with one unit more on both sides for its borders to see. */
    private final class Window {
        private final int offset;
        private final int from;
        private final Matcher matcher;

        Window(Text text, int from, int until) {
            this.offset = Math.max(0, from - 1);
            this.from = from;
            this.matcher = pattern.matcher(text.part(offset, Math.min(text.length(), until + 1)));
        }

        boolean find() {
            return matcher.find(from - offset);
        }

        int start() {
            return offset + matcher.start();
        }

        int end() {
            return offset + matcher.end();
        }

        int groupStart(int group) {
            return matcher.start(group) < 0 ? -1 : offset + matcher.start(group);
        }

        int groupEnd(int group) {
            return offset + matcher.end(group);
        }
    }

    private void report(Text text, Window window, Findings into) {
        int start = window.groupStart(definition.group());
        int end = window.groupEnd(definition.group());
        if (start < 0 || start == end || Label.isPlaceholder(text, start)) {
            return;
        }
        String matched = text.part(start, end);
        Validator validator = definition.validator();
        boolean holds = (validator == null || validator.test(matched))
                && hasContext(text, start, end)
                && exclusions.stream().noneMatch(exclusion -> exclusion.matches(matched));
        if (holds) {
            into.found(start, end);
        }
    }

    /** Whether a word stands where one may be of any match near the trigger: cheaper to ask than the engine. */
    private boolean mayHaveContext(Text text, int at) {
        int distance = definition.distance();
        return context == null
                || context.within(text, at - lookback - distance - 1, at + triggers.longest() + distance);
    }

    private boolean hasContext(Text text, int start, int end) {
        return context == null
                || context.before(text, start, definition.distance())
                || context.within(text, end, end + definition.distance());
    }
}
