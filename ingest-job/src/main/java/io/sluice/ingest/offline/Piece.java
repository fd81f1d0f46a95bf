package io.sluice.ingest.offline;

import io.sluice.ingest.parse.Bytes;

/**
 * Whole records that travel together: what {@code send} puts into one Kafka record.
 *
 * @param value the bytes; valid until the next piece is read
 * @param line number of its first line within its file, from 0
 * @param lines how many lines it has
 * @param cutShort whether it is one line above the limit, of which only the beginning is here
 */
public record Piece(Bytes value, long line, int lines, boolean cutShort) {}
