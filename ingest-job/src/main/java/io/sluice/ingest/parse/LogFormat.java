package io.sluice.ingest.parse;

import java.util.Locale;
import java.util.Optional;

/** The formats that can be asked for by name; the name on the command line is the constant in lower case. */
public enum LogFormat {
    /** Decided record by record from the bytes alone; see {@code AutoParser} for the order. */
    AUTO,
    /** NCSA combined: common, then referrer and user agent. */
    COMBINED,
    /** NCSA common. */
    COMMON,
    /** NCSA common or combined behind the virtual host. */
    VHOST,
    /** nginx access log by its {@code log_format}; without one, nginx's own {@code combined}. */
    NGINX(true),
    /** Apache access log by its {@code LogFormat}; without one, {@code combined}. */
    APACHE(true),
    /** Our own usage event: an object, an array, or one object a line. */
    USAGE,
    /** The record is {@code message}, nothing else. */
    TEXT;

    private final boolean declarable;

    LogFormat() {
        this(false);
    }

    LogFormat(boolean declarable) {
        this.declarable = declarable;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a format string can say how its lines are written. */
    public boolean isDeclarable() {
        return declarable;
    }

    public static Optional<LogFormat> byLabel(String label) {
        for (LogFormat format : values()) {
            if (format.label().equals(label)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
