package io.sluice.redaction.detect;

/**
 * What is wrong in a file of pattern detectors, and where.
 *
 * @param line from 1
 * @param column from 1
 * @param message one sentence: what, and what to do
 */
public record PatternProblem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
