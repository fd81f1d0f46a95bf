/**
 * The subject index: which events an identifier came with, by keyed hash and receive day.
 *
 * <p>Rows name coordinates, from which the document ids of every store follow; so one look-up finds a subject's data
 * everywhere. Readable by the officer's process alone.
 */
@NullMarked
package io.sluice.sinks.subject;

import org.jspecify.annotations.NullMarked;
