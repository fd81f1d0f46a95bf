package io.sluice.ingest.parse;

/**
 * What a record was seen as, and by what; never a value of it.
 *
 * @param format the format's name, or the kind of JSON
 * @param because one short sentence
 */
public record Explanation(String format, String because) {}
