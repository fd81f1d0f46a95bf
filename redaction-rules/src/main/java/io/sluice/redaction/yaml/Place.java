package io.sluice.redaction.yaml;

/**
 * Where something is written.
 *
 * @param file name of the file
 * @param line line, from 1
 * @param column column, from 1
 */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
