package io.sluice.redaction.yaml;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a file a person wrote.
 *
 * @param file name of the file
 * @param line line, from 1
 * @param column column, from 1
 * @param what what is wrong, a sentence without its full stop
 * @param meant what was probably meant, if there is a guess
 */
public record Problem(String file, int line, int column, String what, @Nullable String meant) {
    /** One without a guess. */
    public static Problem at(Place place, String what) {
        return new Problem(place.file(), place.line(), place.column(), what, null);
    }

    @Override
    public String toString() {
        String guess = meant == null ? "" : "; did you mean " + meant + "?";
        return file + ":" + line + ":" + column + ": " + what + guess;
    }
}
