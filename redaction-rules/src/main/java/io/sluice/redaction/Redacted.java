package io.sluice.redaction;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.transform.TimeTo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event as one route may see it.
 *
 * <p>Guarantees: only {@link Redactor} makes it, so every value in it went through a treatment that the policy lists for
 * this route. Does not guarantee: anonymity; tokens are pseudonyms.
 */
public final class Redacted {
    private final Route route;
    private final Form form;
    private final @Nullable TimeTo time;
    private FieldPath[] paths = new FieldPath[24];
    private Value[] values = new Value[24];
    private int size;

    Redacted(Route route, Form form, @Nullable TimeTo time) {
        this.route = route;
        this.form = form;
        this.time = time;
    }

    void add(FieldPath path, Value value) {
        if (size == paths.length) {
            paths = Arrays.copyOf(paths, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        paths[size] = path;
        values[size++] = value;
    }

    public Route route() {
        return route;
    }

    public Form form() {
        return form;
    }

    public int size() {
        return size;
    }

    /** The name of the {@code i}-th field, from 0. */
    public FieldPath path(int i) {
        return paths[i];
    }

    /** The value of the {@code i}-th field, from 0. */
    public Value value(int i) {
        return values[i];
    }

    /** A time of the record as this form may tell it: truncated as its {@code @timestamp} is. */
    public long time(long epochMilli) {
        return time == null ? epochMilli : time.truncate(epochMilli);
    }

    /** The unit to which {@link Fields#TIMESTAMP} is truncated, or null. */
    public @Nullable TimeTo truncatedTo() {
        return time;
    }

    @Override
    public String toString() {
        return "Redacted[" + route + ", " + form.label() + ", " + size + " fields]";
    }
}
