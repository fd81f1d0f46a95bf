package io.sluice.ingest.boundary;

/**
 * Where an event stood in what arrived.
 *
 * @param ordinal number of the event within its {@link RawRecord}, from 0; part of {@code event.id}
 * @param line first line of its record within the {@link RawRecord}, from 0
 * @param lines how many lines were joined
 * @param event number of the event within its record, from 0; more than 0 only in batches
 */
public record Position(int ordinal, int line, int lines, int event) {}
